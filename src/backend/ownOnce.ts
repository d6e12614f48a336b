import { tf } from './tf';

/**
 * TensorFlow.js counts every use of a layer as an owner, so that `dispose` would leave the weights of layers and
 * models that are used twice. From here on the model is the only owner; of a nested model there is one more, its own.
 */
export function ownOnce(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const counted = layer as unknown as { _refCount: number | null };
    // a sequential model does not count for the models in it
    const owners = layer instanceof tf.LayersModel && !(model instanceof tf.Sequential) ? 2 : 1;
    if ((counted._refCount ?? 0) > owners) counted._refCount = owners;
    if (layer instanceof tf.LayersModel) ownOnce(layer);
  }
}
