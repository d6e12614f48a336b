import { addAbsoluteRows } from '../backend/addAbsoluteRows';
import { type RowSource, readRows } from '../backend/readValues';
import type { tf } from '../backend/tf';
import { filterAxis } from './filterAxis';
import { layerAt, weightOf } from './layerWeight';

/**
 * The L1 norm of every output channel (filter) of a layer: the sum of the absolute values of its weights, bias
 * left out; of a separable convolution its pointwise half. Li et al. 2017, "Pruning Filters for Efficient
 * ConvNets", arxiv.org/abs/1608.08710.
 *
 * @param layerName a layer with a kernel [.., in, out], transposed [.., out, in]; 'backbone/conv1' for one of a
 *   nested model.
 * @returns one norm per output channel, in the channels' order.
 * @throws RangeError when the model has no such layer, or the layer no filters.
 */
export function l1Norms(model: tf.LayersModel, layerName: string): Float64Array {
  return layerNorms(layerAt(model, layerName));
}

/** `l1Norms` of a layer that has been found already. */
export function layerNorms(layer: tf.layers.Layer): Float64Array {
  const { weight, axis } = filterAxis(layer);
  return filterNorms(weightOf(layer, weight).read(), axis);
}

/** The same for a kernel wherever its values lie; the filters are counted on its last axis or the one before. */
export function filterNorms(kernel: tf.Tensor | RowSource, axis: number): Float64Array {
  const norms = new Float64Array(kernel.shape[axis]);
  if (axis === kernel.shape.length - 1) addAbsoluteRows(norms, kernel);
  else addWholeRows(norms, kernel);
  return norms;
}

/** Row r of the kernel, seen as a matrix [all axes but the last, last axis], belongs to filter r mod filters. */
function addWholeRows(norms: Float64Array, kernel: tf.Tensor | RowSource): void {
  const width = kernel.shape[kernel.shape.length - 1];
  readRows(kernel, (values, firstRow) => {
    for (let i = 0, row = firstRow; i < values.length; i += width, row++) {
      let sum = 0;
      for (let j = i; j < i + width; j++) sum += Math.abs(values[j]);
      norms[row % norms.length] += sum;
    }
  });
}
