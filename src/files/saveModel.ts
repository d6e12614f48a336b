import * as fs from 'node:fs';
import * as path from 'node:path';
import { tf } from '../backend/tf';
import { requireOptions } from '../nets/requireOptions';
import { isThere } from './isThere';
import { MODEL_FILE, nextSave, removeSaves, syncDirectory, temporaryModelFile } from './modelFiles';
import { modelTopology } from './modelTopology';
import { type Shard, writeShards } from './writeShards';

export interface SaveModelOptions {
  /** Whether a model that is already in the directory may be replaced. Default false. */
  overwrite?: boolean;
}

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
  const target = path.join(dir, MODEL_FILE);
  const weights = namedWeights(model);
  if (!options.overwrite && isThere(target)) {
    throw new Error(`There is a model already: '${target}'. Say overwrite: true to replace it.`);
  }
  let save: number | undefined;
  try {
    fs.mkdirSync(dir, { recursive: true });
    save = nextSave(dir);
    // One go without an await: nothing can change the weights between the first file and the last.
    const shards = writeShards(
      dir,
      save,
      weights.map(({ tensor }) => tensor),
    );
    const temporary = path.join(dir, temporaryModelFile(save));
    writeDurably(temporary, modelJson(model, weights, shards));
    syncDirectory(dir);
    requireShards(dir, shards);
    fs.renameSync(temporary, target);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const failed = save;
    // A file that exists already belongs to another process that saves here right now: it stays.
    if (failed !== undefined && code !== 'EEXIST') removeSaves(dir, (other) => other === failed);
    throw new Error(`The model could not be saved in '${dir}': ${message}. What was there is unchanged.`, {
      cause: error,
    });
  }
  const saved = save;
  syncDirectory(dir);
  removeSaves(dir, (other) => other < saved);
}

interface NamedWeight {
  name: string;
  tensor: tf.Tensor;
}

function namedWeights(model: tf.LayersModel): NamedWeight[] {
  const weights = model.weights.map((weight) => ({ name: weight.originalName, tensor: weight.read() }));
  const seen = new Set<string>();
  for (const { name, tensor } of weights) {
    if (tensor.dtype !== 'float32') {
      throw new TypeError(`Only float32 weights can be saved, but '${name}' is ${tensor.dtype}.`);
    }
    if (seen.has(name)) {
      throw new RangeError(`Two weights are called '${name}': TensorFlow.js could not load them again.`);
    }
    seen.add(name);
  }
  return weights;
}

function modelJson(model: tf.LayersModel, weights: NamedWeight[], shards: Shard[]): string {
  const userDefinedMetadata = model.getUserDefinedMetadata();
  return JSON.stringify({
    modelTopology: modelTopology(model),
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version['tfjs-layers']}`,
    convertedBy: null,
    ...(userDefinedMetadata && { userDefinedMetadata }),
    weightsManifest: [
      {
        paths: shards.map(({ name }) => name),
        weights: weights.map(({ name, tensor: { shape, dtype } }) => ({ name, shape, dtype })),
      },
    ],
  });
}

function writeDurably(file: string, text: string): void {
  const descriptor = fs.openSync(file, 'wx');
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Another process that saved here meanwhile has removed our files as left by a broken save. */
function requireShards(dir: string, shards: Shard[]): void {
  for (const { name, bytes } of shards) {
    const found = fs.statSync(path.join(dir, name), { throwIfNoEntry: false })?.size;
    if (found !== bytes)
      throw new Error(`another process saved there at the same time and removed '${name}'`);
  }
}
