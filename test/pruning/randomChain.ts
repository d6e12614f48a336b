import { tf } from '../../src/backend/tf';

/** A small seeded generator for tests (mulberry32): numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Chain {
  model: tf.LayersModel;
  input: tf.Tensor;
  percent: number;
  pruneOutputs: boolean;
}

/**
 * A random chain of convolutions (kernel size, stride, padding, dilation, bias, data format at random) and
 * activations; sometimes with a layer that is used twice, a second output in the middle, or global pooling at
 * the end.
 */
export function randomChain(seed: number): Chain {
  const next = random(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];

  const channelsFirst = next() < 0.25;
  const dataFormat = channelsFirst ? 'channelsFirst' : 'channelsLast';
  const channels = int(1, 3);
  const shape = channelsFirst ? [channels, 12, 11] : [12, 11, channels];
  const input = tf.input({ shape });
  let x = input;
  const outputs: tf.SymbolicTensor[] = [];
  const height = () => x.shape[channelsFirst ? 2 : 1] as number;
  const width = () => x.shape[channelsFirst ? 3 : 2] as number;

  const conv = (filters: number, same: boolean) => {
    const kernelSize = [int(1, Math.min(3, height())), int(1, Math.min(4, width()))];
    const dilated = !same && next() < 0.2 && height() > 6 && width() > 7;
    return tf.layers.conv2d({
      filters,
      kernelSize,
      dataFormat,
      strides: same || dilated || next() < 0.6 ? 1 : [int(1, 2), int(1, 2)],
      dilationRate: dilated ? 2 : 1,
      padding: same ? 'same' : pick(['same', 'valid'] as const),
      useBias: next() < 0.6,
      activation: pick(['linear', 'relu', 'softplus', 'sigmoid'] as const),
    });
  };
  const depth = int(2, 5);
  for (let i = 0; i < depth; i++) {
    x = conv(int(2, 9), false).apply(x) as tf.SymbolicTensor;
    if (next() < 0.85) x = activationLayer(pick(ACTIVATIONS), !channelsFirst).apply(x) as tf.SymbolicTensor;
    if (next() < 0.15) {
      const twice = conv(x.shape[channelsFirst ? 1 : 3] as number, true);
      x = twice.apply(twice.apply(x)) as tf.SymbolicTensor;
    }
    if (i < depth - 1 && next() < 0.12) outputs.push(x);
  }
  // a generator of its own: the chain before the pooling stays the same
  const nextEnd = random(seed + 1_000_000);
  const pooled = nextEnd() < 0.6;
  if (pooled) x = globalPooling(nextEnd, dataFormat).reduce((y, layer) => layer.apply(y) as typeof x, x);
  outputs.push(x);
  const sequential = outputs.length === 1 && next() < 0.3;
  const model = sequential
    ? asSequential(tf.model({ inputs: input, outputs }))
    : tf.model({ inputs: input, outputs });
  model.setWeights(model.getWeights().map((weight) => randomValues(weight.shape, next)));
  return {
    model,
    input: randomValues([2, ...shape], next),
    percent: pick([0, 0.2, 0.37, 0.5, 0.75, 0.9, 0.99]),
    pruneOutputs: next() < (pooled ? 0.9 : 0.4), // else nothing is cut through the pooling
  };
}

/** Global pooling, and sometimes an activation or softmax behind it. */
function globalPooling(next: () => number, dataFormat: 'channelsFirst' | 'channelsLast'): tf.layers.Layer[] {
  const pool =
    next() < 0.5
      ? tf.layers.globalAveragePooling2d({ dataFormat })
      : tf.layers.globalMaxPooling2d({ dataFormat });
  const kind = next();
  if (kind < 0.25) return [pool, tf.layers.softmax({ axis: -1 })];
  return kind < 0.4 ? [pool, tf.layers.elu()] : [pool];
}

const ACTIVATIONS = [
  'relu',
  'leaky',
  'elu',
  'thresholded',
  'sigmoid',
  'softplus',
  'tanh',
  'softmax',
] as const;

function activationLayer(name: (typeof ACTIVATIONS)[number], canSoftmax: boolean): tf.layers.Layer {
  if (name === 'relu') return tf.layers.reLU({ maxValue: 3 });
  if (name === 'leaky') return tf.layers.leakyReLU({ alpha: 0.2 });
  if (name === 'elu') return tf.layers.elu();
  if (name === 'thresholded') return tf.layers.thresholdedReLU({ theta: 0.1 });
  if (name === 'softmax') return canSoftmax ? tf.layers.softmax({ axis: -1 }) : tf.layers.reLU();
  return tf.layers.activation({ activation: name });
}

/** The same layers in a tf.Sequential, where the graph is a plain chain. */
function asSequential(model: tf.LayersModel): tf.LayersModel {
  const plain = model.layers.every((layer) => layer.inboundNodes.length === 1);
  if (!plain) return model;
  const [first, ...rest] = model.layers.slice(1).map((layer) => ({
    className: layer.getClassName(),
    config: layer.getConfig() as Record<string, unknown>,
  }));
  first.config.batchInputShape = model.inputs[0].shape;
  model.dispose();
  const Sequential = tf.Sequential as unknown as { fromConfig(c: unknown, config: unknown): tf.LayersModel };
  return Sequential.fromConfig(tf.Sequential, { name: 'chain', layers: [first, ...rest] });
}

/** Values whose scale keeps the outputs of a chain neither vanishing nor exploding. */
function randomValues(shape: number[], next: () => number): tf.Tensor {
  const fanIn = shape.length === 4 ? shape[0] * shape[1] * shape[2] : 1;
  const bound = shape.length === 4 ? Math.sqrt(6 / fanIn) : 1;
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => (next() * 2 - 1) * bound);
  return tf.tensor(values, shape);
}
