import type { tf } from '../backend/tf';
import { weightNameOf } from '../pruning/layerWeight';

type Weight = tf.LayersModel['weights'][number];

/**
 * The number of parameters of a model, as PyTorch counts it: every number that training can change, frozen or
 * not, a shared layer once. The moving mean and variance of a batch normalisation are measured, not trained:
 * PyTorch calls them buffers and does not count them, and neither does this (`model.countParams()` does).
 */
export function countParameters(model: tf.LayersModel): number {
  return parametersOf(model.weights);
}

/** The same for a list of weights. */
export function parametersOf(weights: Weight[]): number {
  return weights.filter(isParameter).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Whether training changes a weight. */
export function isParameter(weight: Weight): boolean {
  return !/^moving_(mean|variance)$/.test(weightNameOf(weight));
}

/** How many numbers a shape holds. */
export function sizeOf(shape: tf.Shape): number {
  return shape.reduce<number>((product, size) => product * (size ?? Number.NaN), 1);
}
