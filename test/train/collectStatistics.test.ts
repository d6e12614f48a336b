import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { vggNet } from '../../src/nets/vggNet';
import { collectStatistics } from '../../src/train/collectStatistics';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

/** Mean and variance by plain loops. */
function statistics(values: number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, squares / values.length];
}

function normOnly(): tf.LayersModel {
  return tf.sequential({ layers: [tf.layers.batchNormalization({ name: 'norm', inputShape: [2] })] });
}

const samples = [[1, 10], [2, 30], [4, 20], [7, 50], [3, 40], [9, 60], [5, 5]]; // biome-ignore format: a table

function close(found: number[], expected: number[]): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) <= 1e-3 * Math.abs(expected[i]), `${value}, not ${expected[i]}`);
  });
}

test('one batch: the statistics are mean and variance of the samples; scale and shift stay', () => {
  const model = normOnly();
  const inputs = tf.tensor2d(samples);
  collectStatistics(model, inputs);
  const [gamma, beta, mean, variance] = model.getWeights().map((weight) => [...weight.dataSync()]);
  const columns = [0, 1].map((column) => statistics(samples.map((sample) => sample[column])));
  close(
    mean,
    columns.map(([each]) => each),
  );
  close(
    variance,
    columns.map(([, each]) => each),
  );
  assert.deepEqual(
    [gamma, beta],
    [
      [1, 1],
      [0, 0],
    ],
  );
  tf.dispose(inputs);
  model.dispose();
});

test('several batches, the last one with a sample that would be alone: means over the batches by their sizes', () => {
  const model = normOnly();
  const inputs = tf.tensor2d(samples);
  collectStatistics(model, inputs, { batchSize: 3 });
  const [, , mean, variance] = model.getWeights().map((weight) => [...weight.dataSync()]);
  const batches = [samples.slice(0, 3), samples.slice(3)];
  for (const column of [0, 1]) {
    const parts = batches.map((batch) => statistics(batch.map((sample) => sample[column])));
    const weighted = (which: 0 | 1) => (3 * parts[0][which] + 4 * parts[1][which]) / 7;
    close([mean[column], variance[column]], [weighted(0), weighted(1)]);
  }
  tf.dispose(inputs);
  model.dispose();
});

test('no other weight changes, momenta are as before, no tensor is left, and nested models are reached', () => {
  const inner = vggNet({ inputSize: 4, stages: [[3]], classes: 2 });
  const input = tf.input({ shape: [4, 4, 3] });
  const model = tf.model({ inputs: input, outputs: inner.apply(input) as tf.SymbolicTensor });
  const inputs = tf.randomUniform([8, 4, 4, 3], 2, 3, 'float32', 1);
  const values = () =>
    model.weights.map((weight) => ({ name: weight.originalName, values: [...weight.read().dataSync()] }));
  const momentum = () => (inner.getLayer('norm1') as unknown as { momentum: number }).momentum;
  const [earlier, tensors] = [values(), tf.memory().numTensors];
  collectStatistics(model, inputs);
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(momentum(), 0.99);
  for (const [i, { name, values: now }] of values().entries()) {
    if (name.includes('moving')) assert.notDeepEqual(now, earlier[i].values, name);
    else assert.deepEqual(now, earlier[i].values, name);
  }
  tf.dispose(inputs);
  model.dispose();
});

test('refuses what has no variance', () => {
  const model = normOnly();
  const inputs = tf.tensor2d([[1, 2]]);
  const one = 'Expected at least 2 samples to collect statistics of, but found 1.';
  assert.throws(() => collectStatistics(model, inputs), { name: 'RangeError', message: one });
  const size = 'batchSize must be an integer of 2 or more, but is 1.';
  assert.throws(() => collectStatistics(model, inputs, { batchSize: 1 }), {
    name: 'RangeError',
    message: size,
  });
  tf.dispose(inputs);
  model.dispose();
});

test('refuses a batch norm that TensorFlow.js cannot run as in training, by name', () => {
  for (const [option, missing] of [
    ['scale', 'scale (scale: false)'],
    ['center', 'shift (center: false)'],
  ]) {
    const layer = tf.layers.batchNormalization({ name: 'norm', inputShape: [2], [option]: false });
    const model = tf.sequential({ layers: [layer] });
    const inputs = tf.tensor2d(samples);
    const message = `TensorFlow.js cannot run 'norm' as in training, because it has no ${missing}; its statistics cannot be collected.`;
    assert.throws(() => collectStatistics(model, inputs), { name: 'TypeError', message });
    tf.dispose(inputs);
    model.dispose();
  }
});
