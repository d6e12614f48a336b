import { makeWeights } from '../backend/makeWeights';
import { ownOnce } from '../backend/ownOnce';
import { tf } from '../backend/tf';
import { trackVariables } from '../backend/trackVariables';
import { findModelFile, readModelFile } from './readModelFile';
import { repeated } from './repeated';
import { locateWeights, type StoredWeight } from './shardReader';

type Weight = tf.LayersModel['weights'][number];

export interface OpenModel {
  model: tf.LayersModel;
  /** Where the values of each of the model's weights lie, by `originalName`. */
  stored: Map<string, StoredWeight>;
}

/**
 * Makes a model of what its `model.json` says, and finds the files of its weights, which it does not read.
 *
 * @param source the directory that holds `model.json`, or the JSON file itself.
 * @param create makes the weights, without the values that the files have.
 * @throws Error as `loadModel`; then nothing is left behind.
 */
export async function openModel(source: string, create: (shape: number[]) => tf.Tensor): Promise<OpenModel> {
  const { dir, file: modelFile } = findModelFile(source);
  const file = readModelFile(modelFile);
  const stored = locateWeights(dir, file);
  const model = await build(dir, file.modelTopology, create);
  ownOnce(model);
  try {
    requireSameWeights(dir, model.weights, stored);
  } catch (error) {
    model.dispose();
    throw error;
  }
  if (file.userDefinedMetadata) model.setUserDefinedMetadata(file.userDefinedMetadata);
  return { model, stored };
}

async function build(
  dir: string,
  modelTopology: tf.io.ModelJSON['modelTopology'],
  create: (shape: number[]) => tf.Tensor,
): Promise<tf.LayersModel> {
  const made = trackVariables();
  try {
    // Without a manifest of weights it makes all layers before it first awaits something.
    const model = makeWeights(create, () => tf.models.modelFromJSON({ modelTopology }));
    made.stop();
    return await model;
  } catch (error) {
    made.dispose();
    const reason = (error as Error).message || 'its modelTopology describes no model';
    throw new Error(`The model in '${dir}' cannot be loaded: ${reason}`, { cause: error });
  }
}

function requireSameWeights(dir: string, weights: Weight[], stored: Map<string, StoredWeight>): void {
  const refuse = (reason: string) => new Error(`The model in '${dir}' cannot be loaded: ${reason}.`);
  const twice = repeated([...new Set(weights)].map(({ originalName }) => originalName));
  if (twice) throw refuse(`two of its layers' weights are called '${twice}'`);
  for (const { originalName: name, shape } of weights) {
    const place = stored.get(name);
    if (!place) throw refuse(`its layers need the weight '${name}', which is not in the weightsManifest`);
    if (String(place.shape) !== String(shape)) {
      const [expected, found] = [shape, place.shape].map((sizes) => `[${sizes.join(', ')}]`);
      throw refuse(`the weight '${name}' should have the shape ${expected}, but has ${found}`);
    }
  }
  const names = new Set(weights.map(({ originalName }) => originalName));
  const extra = [...stored.keys()].filter((name) => !names.has(name));
  if (extra.length > 0) throw refuse(`no layer has the weights ${extra.join(', ')}`);
}
