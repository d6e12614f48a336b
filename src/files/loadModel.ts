import { createTensor } from '../backend/createTensor';
import { readValues } from '../backend/readValues';
import { tf } from '../backend/tf';
import { trackVariables } from '../backend/trackVariables';
import { findModelFile, readModelFile } from './readModelFile';
import { locateWeights, readWeight, type StoredWeight } from './shardReader';
import { unfilledModel } from './unfilledModel';

type Weight = tf.LayersModel['weights'][number];

/**
 * Loads a TensorFlow.js layers model that `saveModel`, TensorFlow.js or its converter wrote, on every engine.
 * Weights must be plain float32 and have the names that their layers give them. They are read from their files
 * straight into the engine's memory (on native through one array for one weight at a time). An optimizer's state
 * is not read.
 *
 * @param source the directory that holds `model.json`, or the JSON file itself.
 * @returns the model; dispose it with `model.dispose()`.
 * @throws Error that names the file or the weight, when one is missing, has another size or shape than
 *   expected, or is of a kind that is not supported.
 */
export async function loadModel(source: string): Promise<tf.LayersModel> {
  const { dir, file: modelFile } = findModelFile(source);
  const file = readModelFile(modelFile);
  const stored = locateWeights(dir, file);
  const model = await build(dir, file.modelTopology);
  try {
    requireSameWeights(dir, model.weights, stored);
    for (const weight of model.weights) fill(weight, stored.get(weight.originalName) as StoredWeight);
    if (file.userDefinedMetadata) model.setUserDefinedMetadata(file.userDefinedMetadata);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

async function build(dir: string, modelTopology: object): Promise<tf.LayersModel> {
  const disposeNew = trackVariables();
  try {
    return await unfilledModel(modelTopology);
  } catch (error) {
    disposeNew();
    const reason = (error as Error).message || 'its modelTopology describes no model';
    throw new Error(`The model in '${dir}' cannot be loaded: ${reason}`, { cause: error });
  }
}

function fill(weight: Weight, place: StoredWeight): void {
  if (tf.getBackend() === 'tensorflow') {
    const tensor = createTensor(place.shape, (values) => readWeight(place, values));
    weight.write(tensor);
    tensor.dispose();
  } else {
    // Nobody has computed with this weight yet, so that it may be written through its window.
    readWeight(place, readValues(weight.read()));
  }
}

function requireSameWeights(dir: string, weights: Weight[], stored: Map<string, StoredWeight>): void {
  const refuse = (reason: string) => new Error(`The model in '${dir}' cannot be loaded: ${reason}.`);
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
