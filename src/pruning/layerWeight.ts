import type { tf } from '../backend/tf';

/**
 * One weight of one layer, e.g. the `kernel` of `conv1`.
 *
 * @returns the model's own tensor: do not dispose it.
 * @throws RangeError that names the layers, or the layer's weights, that exist.
 */
export function layerWeight(model: tf.LayersModel, layerName: string, weightName: string): tf.Tensor {
  const layer = model.layers.find(({ name }) => name === layerName);
  if (!layer) {
    const names = model.layers.map(({ name }) => name).join(', ');
    throw new RangeError(`The model has no layer '${layerName}'. Its layers: ${names}.`);
  }
  const weight = layer.weights.find((candidate) => weightNameOf(candidate) === weightName);
  if (!weight) {
    const names = layer.weights.map(weightNameOf).join(', ') || 'none';
    throw new RangeError(`The layer '${layerName}' has no weight '${weightName}'. Its weights: ${names}.`);
  }
  return weight.read();
}

/** 'conv1/kernel' -> 'kernel'. */
export function weightNameOf({ originalName }: { originalName: string }): string {
  return originalName.slice(originalName.lastIndexOf('/') + 1);
}
