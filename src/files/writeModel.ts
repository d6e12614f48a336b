import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RowSource } from '../backend/readValues';
import { tf } from '../backend/tf';
import { isThere } from './isThere';
import { MODEL_FILE, nextSave, removeSaves, syncDirectory, temporaryModelFile } from './modelFiles';
import { modelTopology } from './modelTopology';
import { repeated } from './repeated';
import { type Shard, writeShards } from './writeShards';

type Weight = tf.LayersModel['weights'][number];

export interface SaveModelOptions {
  /** Whether a model that is already in the directory may be replaced. Default false. */
  overwrite?: boolean;
}

export interface NamedWeight {
  name: string;
  values: tf.Tensor | RowSource;
}

/**
 * Names the weights of a model as they will be called in its files.
 *
 * @param valuesOf says where a weight's values lie.
 * @throws as `saveModel`, for weights that cannot be saved.
 */
export function namedWeights(
  model: tf.LayersModel,
  valuesOf: (weight: Weight) => tf.Tensor | RowSource,
): NamedWeight[] {
  const { weights } = model;
  const odd = weights.find(({ dtype }) => dtype !== 'float32');
  if (odd)
    throw new TypeError(`Only float32 weights can be saved, but '${odd.originalName}' is ${odd.dtype}.`);
  const twice = repeated(weights.map(({ originalName }) => originalName));
  if (twice) {
    throw new RangeError(`Two weights are called '${twice}': TensorFlow.js could not load them again.`);
  }
  return weights.map((weight) => ({ name: weight.originalName, values: valuesOf(weight) }));
}

/** Writes a model's files, as `saveModel` describes it, with values from wherever they lie. */
export function writeModel(
  model: tf.LayersModel,
  weights: NamedWeight[],
  dir: string,
  { overwrite = false }: SaveModelOptions,
): void {
  const target = path.join(dir, MODEL_FILE);
  if (!overwrite) requireNoModel(dir);
  let save: number | undefined;
  try {
    fs.mkdirSync(dir, { recursive: true });
    save = nextSave(dir);
    // One go without an await: nothing can change the weights between the first file and the last.
    const shards = writeShards(
      dir,
      save,
      weights.map(({ values }) => values),
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
    const reason = message.replace(/\.$/, '');
    throw new Error(`The model could not be saved in '${dir}': ${reason}. What was there is unchanged.`, {
      cause: error,
    });
  }
  const saved = save;
  syncDirectory(dir);
  removeSaves(dir, (other) => other < saved);
}

/** @throws Error when the directory holds a model. */
export function requireNoModel(dir: string): void {
  const target = path.join(dir, MODEL_FILE);
  if (!isThere(target)) return;
  throw new Error(`There is a model already: '${target}'. Say overwrite: true to replace it.`);
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
        weights: weights.map(({ name, values: { shape } }) => ({ name, shape, dtype: 'float32' })),
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
