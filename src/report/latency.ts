import { tf } from '../backend/tf';
import { requireOptions } from '../nets/requireOptions';
import type { BeforeAfter } from './compare';

export interface LatencyOptions {
  /** Shape of one sample without the batch axis, e.g. [32, 32, 3]. Default: the model's own. */
  inputShape?: number[];
  /** Runs before the clock counts: the first ones compile and pack weights. Default 1. */
  warmup?: number;
  /** Runs that are timed. Default 5. */
  repeats?: number;
  /** Of the random input. Default 0. */
  seed?: number;
}

/** Times of one forward pass of one sample, in milliseconds. */
export interface Latency {
  median: number;
  min: number;
  max: number;
  /** Lower and upper quartile: half of the runs lie between them. */
  q1: number;
  q3: number;
  repeats: number;
  warmup: number;
  /** TensorFlow.js's name of the engine: 'tensorflow' (native), 'wasm' or 'cpu'. */
  backend: string;
  /** Every timed run, in order. */
  times: number[];
}

/**
 * Measures how long a model takes for one sample of random numbers, from `predict` until its output's values
 * have arrived. Other work can run between two passes, so that a notebook can be interrupted.
 *
 * To compare two models use `latencyPair`: a machine that is busy for a while slows a whole series down.
 *
 * @throws RangeError for options out of range, or for an input size that neither the model nor `inputShape`
 *   fixes; TypeError for an unknown option. All tensors made here are disposed.
 */
export async function latency(model: tf.LayersModel, options: LatencyOptions = {}): Promise<Latency> {
  const [measured] = await measureInTurn([model], options);
  return measured;
}

/**
 * Measures two models in turn, one pass each, so that both meet the same disturbances.
 *
 * @returns what `latency` returns, for each of the two.
 * @throws as `latency`.
 */
export async function latencyPair(
  before: tf.LayersModel,
  after: tf.LayersModel,
  options: LatencyOptions = {},
): Promise<BeforeAfter<Latency>> {
  const [first, second] = await measureInTurn([before, after], options);
  return { before: first, after: second };
}

async function measureInTurn(models: tf.LayersModel[], options: LatencyOptions): Promise<Latency[]> {
  requireOptions(options, ['inputShape', 'warmup', 'repeats', 'seed'], '{ repeats: 5 }');
  const { inputShape, warmup = 1, repeats = 5, seed = 0 } = options;
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new RangeError(`repeats must be a positive integer, but is ${repeats}.`);
  }
  if (!Number.isInteger(warmup) || warmup < 0) {
    throw new RangeError(`warmup must be an integer, 0 or more, but is ${warmup}.`);
  }
  const shapes = models.map((model) => model.inputs.map((input) => sampleShape(input, inputShape)));
  const inputs = shapes.map((ofModel) =>
    ofModel.map((shape, i) => tf.randomUniform(shape, 0, 1, 'float32', `${seed}/${i}`)),
  );
  const times = models.map((): number[] => []);
  try {
    for (let run = -warmup; run < repeats; run++) {
      for (const [i, model] of models.entries()) {
        const milliseconds = await onePass(model, inputs[i]);
        if (run >= 0) times[i].push(milliseconds);
      }
    }
  } finally {
    tf.dispose(inputs);
  }
  return times.map((ofModel) => summary(ofModel, repeats, warmup));
}

async function onePass(model: tf.LayersModel, inputs: tf.Tensor[]): Promise<number> {
  const start = performance.now();
  const outputs = [model.predict(inputs)].flat();
  try {
    await Promise.all(outputs.map((output) => output.data()));
  } finally {
    tf.dispose(outputs);
  }
  const milliseconds = performance.now() - start;
  await new Promise((resolve) => setImmediate(resolve));
  return milliseconds;
}

function summary(times: number[], repeats: number, warmup: number): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    min: sorted[0],
    max: sorted[sorted.length - 1],
    q1: quantile(sorted, 0.25),
    q3: quantile(sorted, 0.75),
    repeats,
    warmup,
    backend: tf.getBackend(),
    times,
  };
}

/** One line: the median, the spread, and how it was measured. */
export function latencyText({ median, min, max, repeats, warmup, backend }: Latency): string {
  const runs = `${repeats} run${repeats === 1 ? '' : 's'} after ${warmup} warm-up`;
  return `Latency: ${millis(median)} ms median, ${millis(min)} to ${millis(max)} ms (${runs}, one sample, ${backend})`;
}

function sampleShape(input: tf.SymbolicTensor, inputShape: number[] | undefined): number[] {
  const expected = input.shape.slice(1);
  const shape = inputShape ?? expected;
  const fits =
    shape.length === expected.length &&
    shape.every((size, i) => Number.isInteger(size) && [null, size].includes(expected[i]));
  if (fits) return [1, ...(shape as number[])];
  const sizes = `[${expected.map((size) => size ?? '?').join(', ')}]`;
  throw new RangeError(
    inputShape
      ? `inputShape must fit the input '${input.name}', ${sizes}, but is [${inputShape.join(', ')}].`
      : `The input '${input.name}' has no fixed size, ${sizes}: say one with inputShape, e.g. [32, 32, 3].`,
  );
}

/** Between two neighbours it takes the share of the way that is left over. */
function quantile(sorted: number[], share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
}

function millis(time: number): string {
  return time < 100 ? time.toFixed(1) : time.toFixed(0);
}
