import { tf } from '../../src/backend/tf';
import { random } from '../pruning/random';
import { randomWeight } from '../pruning/randomNet';

/** A network, and what pruning must make of it, written by hand. */
export interface NetCase {
  name: string;
  build: () => tf.LayersModel;
  /** The layers that can only be cut together, as sets; layers that are not named are cut each by itself. */
  tied: string[][];
  /** Layers whose channels all stay, and why. */
  whole: Record<string, string>;
  /** The widths from which `parameters` counts: as they are, and as they are after percent 0.5. */
  all: number[];
  half: number[];
  /** All numbers of the model, from its widths; no code of src/pruning has a say in it. */
  parameters: (widths: number[]) => number;
}

/** The numbers in a 2D kernel, a batch norm, and a dense layer with bias. */
export const conv = (size: number, from: number, to: number) => size * size * from * to;
export const norm = (channels: number) => 4 * channels;
export const dense = (from: number, to: number) => from * to + to;

export const outputOf = (layer: string) => ({
  [layer]: `${layer} is an output of the model (pruneOutputs: true cuts it, too)`,
});

/** Random weights of a seed, no batch norm with 0 and 1. */
export function withRandomWeights(model: tf.LayersModel, seed = 1): tf.LayersModel {
  const next = random(seed);
  tf.tidy(() => model.setWeights(model.weights.map((weight) => randomWeight(weight, next))));
  return model;
}

/** Ends a net in one number a channel and a dense layer 'classes' of 3 units, with random weights. */
export function classified(input: tf.SymbolicTensor, x: tf.SymbolicTensor): tf.LayersModel {
  const pooled = tf.layers.globalAveragePooling2d({}).apply(x);
  const outputs = tf.layers.dense({ name: 'classes', units: 3 }).apply(pooled) as tf.SymbolicTensor;
  return withRandomWeights(tf.model({ inputs: input, outputs }));
}

/** A 2D convolution with zero padding; with ReLU behind its bias unless it is to have none. */
export function conv2d(
  x: tf.SymbolicTensor,
  name: string,
  filters: number,
  options: { kernelSize?: number; strides?: number; useBias?: boolean; activation?: 'relu' | 'linear' } = {},
): tf.SymbolicTensor {
  const { kernelSize = 3, useBias = true, activation = useBias ? 'relu' : 'linear', ...rest } = options;
  const given = { name, filters, kernelSize, useBias, activation, padding: 'same' as const, ...rest };
  return tf.layers.conv2d(given).apply(x) as tf.SymbolicTensor;
}

/** A batch norm and a ReLU that leaks, so that no random weights leave it without a gradient. */
export function normLeaky(x: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.leakyReLU().apply(tf.layers.batchNormalization({}).apply(x)) as tf.SymbolicTensor;
}
