import { tf } from './tf';

/**
 * TensorFlow.js counts every use of a layer as an owner, so that `dispose` would leave the weights of layers and
 * models that are used twice. From here on the model is the only owner; of a nested model there is one more, its own.
 */
export function ownOnce({ layers }: tf.LayersModel): void {
  for (const layer of layers) {
    const counted = layer as unknown as { _refCount: number | null };
    const owners = layer instanceof tf.LayersModel ? 2 : 1;
    if ((counted._refCount ?? 0) > owners) counted._refCount = owners;
    if (layer instanceof tf.LayersModel) ownOnce(layer);
  }
}
