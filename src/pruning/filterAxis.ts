import type { tf } from '../backend/tf';
import { weightNameOf } from './layerWeight';

/**
 * Where a layer keeps its filters, one for each channel that it makes: in which weight, on which axis, how many.
 * @throws RangeError for a layer that makes no channels.
 */
export function filterAxis(layer: tf.layers.Layer): { weight: string; axis: number; filters: number } {
  const type = layer.getClassName();
  const weight = FILTERS[type] ?? 'kernel';
  const found = layer.weights.find((each) => weightNameOf(each) === weight);
  if (!found) throw new RangeError(`The layer '${layer.name}' has no filters: it is a ${type}.`);
  const isTransposed = type === 'Conv2DTranspose' || type === 'Conv3DTranspose';
  const axis = found.shape.length - (isTransposed ? 2 : 1);
  return { weight, axis, filters: found.shape[axis] as number };
}

const FILTERS: Record<string, string> = {
  SeparableConv2D: 'pointwise_kernel',
  Embedding: 'embeddings',
};
