import * as fs from 'node:fs';
import * as path from 'node:path';
import { MODEL_FILE } from './modelFiles';

export interface WeightSpec {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: string };
  /** 'optimizer' for weights that are not the model's. */
  group?: string;
}

export interface ModelFile {
  modelTopology: object;
  userDefinedMetadata?: object;
  weightsManifest: { paths: string[]; weights: WeightSpec[] }[];
}

/** Where a model lies: its JSON file, and the directory that the paths of its weights begin at. */
export interface ModelPlace {
  dir: string;
  file: string;
}

/**
 * Finds a model by its directory, which holds `model.json`, or by its JSON file, whatever the name of that.
 *
 * @throws Error that says what is there instead.
 */
export function findModelFile(source: string): ModelPlace {
  const refuse = (reason: string) => new Error(`No model can be loaded from '${source}': ${reason}.`);
  const found = fs.statSync(source, { throwIfNoEntry: false });
  const isJson = source.endsWith('.json');
  if (!found) throw refuse(`there is no such ${isJson ? 'file' : 'directory'}`);
  if (found.isDirectory()) {
    const file = path.join(source, MODEL_FILE);
    if (!fs.existsSync(file)) throw refuse(`it has no ${MODEL_FILE}`);
    return { dir: source, file };
  }
  if (isJson) return { dir: path.dirname(source), file: source };
  const kind = FOREIGN[path.extname(source)];
  if (kind) throw refuse(`it is ${kind}; tensorflowjs_converter makes a TensorFlow.js layers model of it`);
  throw refuse('it is a file; name the directory of model.json');
}

const FOREIGN: Record<string, string> = {
  '.h5': 'a Keras file',
  '.hdf5': 'a Keras file',
  '.keras': 'a Keras file',
};

/** Reads a model's JSON file and checks that it describes a layers model with plain float32 weights. */
export function readModelFile(file: string): ModelFile {
  const model = parse(file) as Partial<ModelFile & { format: string }> | null;
  const refuse = (reason: string) => new Error(`'${file}' cannot be loaded: ${reason}.`);

  if (isGraphModel(model)) {
    throw refuse(
      "it is a graph model, a frozen graph of operations without layers, so that nobody knows which channels belong together. Convert the Keras model that it was made of once more, with tensorflowjs_converter's --output_format=tfjs_layers_model",
    );
  }
  // Files of the first TensorFlow.js versions do not name their format.
  if (model?.format !== undefined && model.format !== 'layers-model') {
    throw refuse(`its format is '${model.format}', and only 'layers-model' is supported`);
  }
  if (!model?.modelTopology || !Array.isArray(model.weightsManifest)) {
    throw refuse('it is not a layers model: modelTopology or weightsManifest is missing');
  }
  if (!model.weightsManifest.every((entry) => Array.isArray(entry?.paths) && Array.isArray(entry.weights))) {
    throw refuse('an entry of its weightsManifest lacks paths or weights');
  }
  const specs = model.weightsManifest.flatMap(({ weights }) => weights);
  const wrong = specs.findIndex((spec) => typeof spec?.name !== 'string' || !isShape(spec.shape));
  if (wrong >= 0) throw refuse(`weight ${wrong} of its weightsManifest lacks a name or a shape`);
  for (const { name, dtype, quantization, group } of specs) {
    const stored = quantization ? `quantized to ${quantization.dtype}` : dtype;
    if (stored !== 'float32' && group !== 'optimizer') {
      throw refuse(`its weight '${name}' is ${stored}, and only plain float32 is supported`);
    }
  }
  return model as ModelFile;
}

/** Graph models of the first TensorFlow.js versions do not name their format, either; their topology has nodes. */
function isGraphModel(model: Partial<ModelFile & { format: string }> | null): boolean {
  return model?.format === 'graph-model' || Array.isArray((model?.modelTopology as { node?: unknown })?.node);
}

function parse(file: string): unknown {
  const text = fs.readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    const isCut = /^\s*\{/.test(text) && !/\}\s*$/.test(text);
    const reason = isCut ? 'it is cut short' : 'it is not JSON';
    throw new Error(`'${file}' cannot be loaded: ${reason} (${oneLine((error as Error).message)}).`);
  }
}

function isShape(shape: unknown): boolean {
  return Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
}

/** Node 20 quotes the text in its message, line breaks and all. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
