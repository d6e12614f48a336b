import { addAbsoluteRows } from '../backend/addAbsoluteRows';
import type { tf } from '../backend/tf';
import { layerWeight } from './layerWeight';

/**
 * The L1 norm of every output channel (filter) of a convolution: the sum of the absolute values of its
 * weights, bias left out. Li et al. 2017, "Pruning Filters for Efficient ConvNets", arxiv.org/abs/1608.08710.
 *
 * @param layerName a layer with a kernel [kh, kw, in, out].
 * @returns one norm per output channel, in the channels' order.
 * @throws RangeError when the model has no such layer, or the layer no kernel.
 */
export function l1Norms(model: tf.LayersModel, layerName: string): Float64Array {
  const kernel = layerWeight(model, layerName, 'kernel');
  const norms = new Float64Array(kernel.shape[kernel.rank - 1]);
  addAbsoluteRows(norms, kernel);
  return norms;
}
