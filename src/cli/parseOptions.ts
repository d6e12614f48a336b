import { BACKENDS, type BackendName, isBackendName } from '../backend/useBackend';
import { ORIGINAL_WIDTHS } from '../nets/eightConvNet';
import { nearest } from './nearest';
import { parseFlags } from './parseFlags';
import { requireFit } from './requireFit';
import { UsageError } from './usageError';

/** What the command line asks for, checked. */
export interface Options {
  prune: boolean;
  /** The model.json of the user's own model, or its directory. */
  model?: string;
  /** Whether `model` is pruned without loading it, whatever its size. */
  fileToFile: boolean;
  percent: number;
  save: boolean;
  plt: boolean;
  plt_3d: boolean;
  /** The layer to draw, without '.weight'. */
  layer: string;
  size: number;
  seed: number;
  backend?: BackendName;
  out: string;
  keepOutputs: boolean;
  /** Of `model` only; the built-in network's outputs are cut unless `keepOutputs`. */
  pruneOutputs: boolean;
  /** Names of layers whose channels stay. */
  ignore: string[];
  /** The file of the plan: to write, or with `apply` to read. */
  plan?: string;
  apply: boolean;
  force: boolean;
  json: boolean;
}

/**
 * Reads the command line's arguments, the original's defaults where there are none.
 *
 * @param env where PRUNING_BACKEND is looked up.
 * @throws UsageError, one line, for everything that is not allowed.
 */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv = {}): Options {
  const flags = parseFlags(args);
  requireFit(flags);
  const has = (name: string): boolean => flags.has(name);
  const text = (name: string, standard: string): string =>
    (flags.get(name) as string | undefined) ?? standard;
  return {
    prune: has('prune'),
    ...(has('model') && { model: fileOf('model', text('model', '')) }),
    fileToFile: has('file-to-file'),
    percent: percentOf(text('percent', '0.5')),
    save: has('save'),
    plt: has('plt'),
    plt_3d: has('plt_3d'),
    layer: layerOf(text('layer_name', 'conv1.weight')),
    size: sizeOf(text('size', '32')),
    seed: seedOf(text('seed', '0')),
    backend: has('backend') ? backendOf(text('backend', '')) : leftTo(env.PRUNING_BACKEND),
    out: directoryOf(text('out', 'out')),
    keepOutputs: has('keep-outputs'),
    pruneOutputs: has('prune-outputs'),
    ignore: has('ignore') ? namesOf(text('ignore', '')) : [],
    ...(has('plan') && { plan: fileOf('plan', text('plan', '')) }),
    apply: has('apply'),
    force: has('force'),
    json: has('json'),
  };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function percentOf(text: string): number {
  const percent = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (percent >= 0 && percent < 1) return percent;
  // "50%", "50" and "0,5" are what people mean by 0.5.
  const [, number, sign] = /^\s*([\d.,]+)\s*(%?)\s*$/.exec(text) ?? [];
  const meant = Number(number?.replace(',', '.')) / (sign || Number(number) > 1 ? 100 : 1);
  const hint = meant > 0 && meant < 1 ? ` Did you mean ${Number(meant.toPrecision(12))}?` : '';
  throw new UsageError(
    `--percent must be a fraction, 0 <= percent < 1, the share of the channels to cut, but is '${text}'.${hint}`,
  );
}

function layerOf(text: string): string {
  const names = ORIGINAL_WIDTHS.map((_, i) => `conv${i + 1}`);
  const layer = text.replace(/\.weight$/, '');
  if (names.includes(layer)) return layer;
  const near = nearest(layer, names);
  const all = names.map((name) => `${name}.weight`).join(', ');
  throw new UsageError(
    `Unknown layer '${text}'.${near ? ` Did you mean ${near}.weight?` : ''} The layers: ${all}.`,
  );
}

/** At 512, the last layer's output alone (4 GiB) is all that the wasm engine can address; half leaves room. */
const LARGEST_SIZE = 256;

function sizeOf(text: string): number {
  const size = integerOf(text);
  if (size >= 1 && size <= LARGEST_SIZE) return size;
  throw new UsageError(`--size must be a positive integer up to ${LARGEST_SIZE}, but is '${text}'.`);
}

function seedOf(text: string): number {
  const seed = integerOf(text);
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`--seed must be an integer, but is '${text}'.`);
}

function integerOf(text: string): number {
  return /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** `useBackend` reads this variable itself; here it is only checked, before anything is computed. */
function leftTo(variable: string | undefined): undefined {
  if (variable && !isBackendName(variable)) {
    throw new UsageError(
      `Unknown backend '${variable}' (from the environment variable PRUNING_BACKEND). Allowed: ${BACKENDS.join(', ')}.`,
    );
  }
  return undefined;
}

function backendOf(text: string): BackendName {
  if (isBackendName(text)) return text;
  const near = nearest(text, BACKENDS);
  const hint = near ? ` Did you mean ${near}?` : '';
  throw new UsageError(`Unknown backend '${text}'.${hint} Allowed: ${BACKENDS.join(', ')}.`);
}

function fileOf(flag: string, text: string): string {
  if (text.trim() !== '') return text;
  throw new UsageError(`--${flag} must name a file, but is empty.`);
}

function namesOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every(Boolean)) return names;
  throw new UsageError(`--ignore must be names of layers with commas between them, but is '${text}'.`);
}

function directoryOf(text: string): string {
  if (text.trim() !== '') return text;
  throw new UsageError('--out must name a directory, but is empty.');
}
