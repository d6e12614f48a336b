import type { tf } from '../backend/tf';
import { requireOptions } from '../nets/requireOptions';
import { namedWeights, type SaveModelOptions, writeModel } from './writeModel';

export type { SaveModelOptions } from './writeModel';

/**
 * Saves a model as a TensorFlow.js layers model: `model.json` and float32 weights in files of 4 MB, which
 * `loadModel` and TensorFlow.js's own `tf.loadLayersModel` read, in a browser too. The optimizer's state is
 * not saved.
 *
 * However it ends (kill -9, a full disk, a power cut), the directory holds the old model or the new one,
 * whole: the new one's files have new names, and `model.json`, which says which files count, is renamed into
 * place last. Only then are the old one's files removed, with what broken saves have left. Files of other
 * names are never touched. Needs a few MB beside the model. Of two processes that save into one directory at
 * once, the one that finishes second may fail.
 *
 * @param dir made where it is missing, with its parents.
 * @throws Error when there is a `model.json` and `overwrite` is not true, or when writing fails; TypeError
 *   for weights that are not float32, and for an unknown option; RangeError for two weights of the same name.
 */
export async function saveModel(
  model: tf.LayersModel,
  dir: string,
  options: SaveModelOptions = {},
): Promise<void> {
  requireOptions(options, ['overwrite'], '{ overwrite: true }');
  writeModel(
    model,
    namedWeights(model, (weight) => weight.read()),
    dir,
    options,
  );
}
