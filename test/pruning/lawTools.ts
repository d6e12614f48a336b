import assert from 'node:assert/strict';
import { tf } from '../../src/backend/tf';
import { trackVariables } from '../../src/backend/trackVariables';
import type { BackendName } from '../../src/backend/useBackend';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan, type Plan } from '../../src/pruning/makePlan';
import { RULES, type Rule } from '../../src/pruning/rules';
import { type KeptFilters, keptFilters } from './keptFilters';
import { maskedOracle } from './maskedOracle';
import { type RandomNet, randomNet } from './randomNet';

/** Layer types in front of which nothing is cut; nothing can go through them. */
const PROTECTING = [
  'Bidirectional',
  'CategoryEncoding',
  'ConvLSTM2D',
  'ConvLSTM2DCell',
  'Dot',
  'GRU',
  'GRUCell',
  'LSTM',
  'LSTMCell',
  'Masking',
  'RNN',
  'RandomWidth',
  'Resizing',
  'SimpleRNN',
  'SimpleRNNCell',
  'Softmax',
  'StackedRNNCells',
  'TimeDistributed',
];

/** The layer types that a cut channel can go through. */
export const FOLLOWED = Object.keys(RULES).filter((type) => !PROTECTING.includes(type));

/** One random network, its plan and what was cut. Everything is disposed when `use` returns. */
export interface Case extends RandomNet {
  plan: Plan;
  sliced: tf.LayersModel;
  kept: KeptFilters;
}

/** Draws the network of a seed, prunes it and disposes all of it; an error names the seed. */
export function withNet<T>(seed: number, use: (pruned: Case) => T): T {
  tf.engine().startScope();
  const original = trackVariables();
  let sliced: tf.LayersModel | undefined;
  try {
    const net = randomNet(seed);
    const plan = makePlan(net.model, { percent: net.percent, pruneOutputs: net.pruneOutputs });
    sliced = applyPlan(net.model, plan);
    return use({ ...net, plan, sliced, kept: keptFilters(net.model, sliced) });
  } catch (error) {
    (error as Error).message = `random net, seed ${seed}: ${(error as Error).message}`;
    throw error;
  } finally {
    sliced?.dispose();
    original.dispose(); // TensorFlow.js leaves the weights of layers that are used twice
    tf.engine().endScope();
  }
}

export interface LawResult {
  /** The largest |model - masked|, relative to max|masked|, over all outputs and their kept channels. */
  error: number;
  /** The smallest max|masked| of all outputs. */
  largest: number;
  cutThrough: Set<string>;
}

/** Compares a model, the sliced one or that of `maskPlan`, with the masked original, run layer by layer. */
export function lawOf(
  { model, inputs, kept }: Pick<Case, 'model' | 'inputs' | 'kept'>,
  other: tf.LayersModel,
): LawResult {
  const cutThrough = new Set<string>();
  const results = maskedOracle(model, kept, inputs, cutThrough);
  const outputs = [other.predict(inputs)].flat();
  const errors = results.map(({ values, mask }, i) => {
    const expected = keptPart(values, mask);
    const found = outputs[i].shape.join() === values.shape.join() ? keptPart(outputs[i], mask) : outputs[i];
    assert.deepEqual(found.shape, expected.shape);
    const largest = expected.abs().max().dataSync()[0];
    return { largest, error: found.sub(expected).abs().max().dataSync()[0] / largest };
  });
  return {
    error: Math.max(...errors.map(({ error }) => error)),
    largest: Math.min(...errors.map(({ largest }) => largest)),
    cutThrough,
  };
}

/**
 * Whether TensorFlow.js 4.22 computes every layer of a model rightly on an engine. On wasm it does not: transposed
 * convolutions and maxima of volumes, and PReLU whose slopes are shared along an axis behind one where they differ.
 */
export function computes(backend: BackendName, { layers }: tf.LayersModel): boolean {
  if (backend !== 'wasm') return true;
  return layers.every((layer) => {
    if (layer instanceof tf.LayersModel) return computes(backend, layer);
    if (layer.getClassName() !== 'PReLU') return !/3D/.test(layer.getClassName());
    const shape = layer.weights[0].shape;
    const first = shape.findIndex((size) => size !== 1);
    return shape.every((size, axis) => axis < first || size !== 1);
  });
}

/** A tensor without the indices at which a mask is 0 everywhere. */
export function keptPart(values: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  return mask.shape.reduce((part: tf.Tensor, _, axis) => {
    if (axis === 0) return part;
    const others = mask.shape.map((__, each) => each).filter((each) => each !== axis);
    const flags = mask.max(others).dataSync();
    const indices = Array.from(flags.keys()).filter((index) => flags[index] === 1);
    return part.gather(tf.tensor1d(indices, 'int32'), axis);
  }, values);
}

/** Whether the law fails for a seed: an error of more than 1e-5, or shapes that no longer fit. */
export function lawFails(seed: number): boolean {
  try {
    return withNet(seed, (pruned) => !(lawOf(pruned, pruned.sliced).error <= 1e-5));
  } catch {
    return true;
  }
}

/** How many of the seeds notice that a rule is another one; stops when `enough` have. */
export function noticed(type: string, wrong: Rule, seeds: number[], enough: number): number {
  const right = RULES[type];
  RULES[type] = wrong;
  try {
    let count = 0;
    for (const seed of seeds) {
      if (lawFails(seed)) count++;
      if (count === enough) break;
    }
    return count;
  } finally {
    RULES[type] = right;
  }
}
