import type { tf } from '../backend/tf';
import { layersByPath } from './layerPaths';

/**
 * One weight of one layer, e.g. the `kernel` of `conv1`; a layer of a nested model is 'backbone/conv1'.
 *
 * @returns the model's own tensor: do not dispose it.
 * @throws RangeError that names the layers, or the layer's weights, that exist.
 */
export function layerWeight(model: tf.LayersModel, layerName: string, weightName: string): tf.Tensor {
  return weightOf(layerAt(model, layerName), weightName, layerName).read();
}

/** One weight of a layer; `layerName` is what the error calls it. */
export function weightOf(
  { name, weights }: tf.layers.Layer,
  weightName: string,
  layerName = name,
): tf.layers.Layer['weights'][number] {
  const weight = weights.find((candidate) => weightNameOf(candidate) === weightName);
  if (weight) return weight;
  const names = weights.map(weightNameOf).join(', ') || 'none';
  throw new RangeError(`The layer '${layerName}' has no weight '${weightName}'. Its weights: ${names}.`);
}

/**
 * A layer by its name; a layer of a nested model is 'backbone/conv1'.
 *
 * @throws RangeError that names the layers that exist.
 */
export function layerAt(model: tf.LayersModel, layerName: string): tf.layers.Layer {
  const own = model.layers.find(({ name }) => name === layerName);
  if (own) return own;
  const layers = layersByPath(model);
  const layer = layers.get(layerName);
  if (layer) return layer;
  throw new RangeError(
    `The model has no layer '${layerName}'. Its layers: ${[...layers.keys()].join(', ')}.`,
  );
}

/** 'conv1/kernel' -> 'kernel'. */
export function weightNameOf({ originalName }: { originalName: string }): string {
  return originalName.slice(originalName.lastIndexOf('/') + 1);
}
