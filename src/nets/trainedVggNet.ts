import type { tf } from '../backend/tf';
import { loadModel } from '../files/loadModel';
import { TRAINED_NETS } from './trainedNets';

/**
 * `vggNet` of two stages, 16 and 32 channels wide, with two convolutions and batch norms each,
 * with the weights that `npm run train:digits` has learnt from real digits (`digits().train`). It recognises
 * 98.9 % of the test part, which neither taught the weights nor chose among them.
 *
 * @returns a model [batch, 28, 28, 1] -> [batch, 10] logits; dispose it with `model.dispose()`.
 */
export function trainedVggNet(): Promise<tf.LayersModel> {
  return loadModel(TRAINED_NETS.vgg.folder);
}
