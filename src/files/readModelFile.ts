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

/** Reads a directory's `model.json` and checks that it describes a layers model with plain float32 weights. */
export function readModelFile(dir: string): ModelFile {
  const file = path.join(dir, MODEL_FILE);
  const found = fs.statSync(dir, { throwIfNoEntry: false });
  if (!found) throw new Error(`No model can be loaded from '${dir}': there is no such directory.`);
  if (!found.isDirectory()) {
    throw new Error(`No model can be loaded from '${dir}': it is a file; name the directory of model.json.`);
  }
  if (!fs.existsSync(file)) throw new Error(`No model can be loaded from '${dir}': it has no ${MODEL_FILE}.`);
  const model = parse(file) as Partial<ModelFile & { format: string }> | null;
  const refuse = (reason: string) => new Error(`'${file}' cannot be loaded: ${reason}.`);

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
  for (const { name, dtype, quantization, group } of model.weightsManifest.flatMap(
    ({ weights }) => weights,
  )) {
    const stored = quantization ? `quantized to ${quantization.dtype}` : dtype;
    if (stored !== 'float32' && group !== 'optimizer') {
      throw refuse(`its weight '${name}' is ${stored}, and only plain float32 is supported`);
    }
  }
  return model as ModelFile;
}

function parse(file: string): unknown {
  const text = fs.readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`'${file}' cannot be loaded: it is not JSON (${(error as Error).message}).`);
  }
}
