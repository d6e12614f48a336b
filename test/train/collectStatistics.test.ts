import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { vggNet } from '../../src/nets/vggNet';
import { layerWeight } from '../../src/pruning/layerWeight';
import { collectStatistics } from '../../src/train/collectStatistics';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

/** Mean and variance by plain loops. */
function statistics(values: number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, squares / values.length];
}

function normOnly(options: Parameters<typeof tf.layers.batchNormalization>[0] = {}): tf.LayersModel {
  return tf.sequential({
    layers: [tf.layers.batchNormalization({ name: 'norm', inputShape: [2], ...options })],
  });
}

const samples = [[1, 10], [2, 30], [4, 20], [7, 50], [3, 40], [9, 60], [5, 5]]; // biome-ignore format: a table
const column = (index: number) => samples.map((sample) => sample[index]);

/** What a batch norm has collected: mean and variance of each channel. */
function found(model: tf.LayersModel, layer = 'norm'): [number, number][] {
  const [means, variances] = ['moving_mean', 'moving_variance'].map((name) => [
    ...layerWeight(model, layer, name).dataSync(),
  ]);
  return means.map((mean, i) => [mean, variances[i]]);
}

function assertClose(actual: [number, number][], expected: [number, number][]): void {
  assert.equal(actual.length, expected.length);
  actual.flat().forEach((value, i) => {
    const wanted = expected.flat()[i];
    assert.ok(Math.abs(value - wanted) <= 1e-4 * Math.abs(wanted) + 1e-6, `${actual}, not ${expected}`);
  });
}

for (const batchSize of [1, 3, 100]) {
  test(`mean and variance of all samples, whatever the batches: ${batchSize} at a time`, () => {
    const model = normOnly();
    const inputs = tf.tensor2d(samples);
    collectStatistics(model, inputs, { batchSize });
    assertClose(found(model), [statistics(column(0)), statistics(column(1))]);
    const [gamma, beta] = model.getWeights().map((weight) => [...weight.dataSync()]);
    assert.deepEqual([gamma, beta], [[1, 1], [0, 0]]); // biome-ignore format: one line
    tf.dispose(inputs);
    model.dispose();
  });
}

test('what was there before does not count, not even where it was no number', () => {
  const model = normOnly();
  const inputs = tf.tensor2d(samples);
  const [gamma, beta] = model.getWeights();
  model.setWeights([gamma, beta, tf.tensor1d([1e9, Number.NaN]), tf.tensor1d([1e9, Infinity])]);
  collectStatistics(model, inputs);
  assertClose(found(model), [statistics(column(0)), statistics(column(1))]);
  tf.dispose(inputs);
  model.dispose();
});

test('batch norms without scale or shift, and of volumes, which TensorFlow.js itself cannot train', () => {
  const inputs = tf.tensor2d(samples);
  for (const options of [{ scale: false }, { center: false }]) {
    const model = normOnly(options);
    collectStatistics(model, inputs);
    assertClose(found(model), [statistics(column(0)), statistics(column(1))]);
    model.dispose();
  }
  const volumes = inputs.reshape([7, 1, 1, 2, 1]);
  const model = normOnly({ inputShape: [1, 1, 2, 1] });
  collectStatistics(model, volumes);
  assertClose(found(model), [statistics(samples.flat())]);
  tf.dispose([inputs, volumes]);
  model.dispose();
});

test('a batch norm on axis 1 collects by that axis', () => {
  const model = normOnly({ axis: 1, inputShape: [2, 3] });
  const values = Array.from({ length: 4 * 2 * 3 }, (_, i) => (i * 7) % 11);
  const inputs = tf.tensor3d(values, [4, 2, 3]);
  collectStatistics(model, inputs, { batchSize: 3 });
  const ofChannel = (channel: number) => values.filter((_, i) => Math.floor(i / 3) % 2 === channel);
  assertClose(found(model), [statistics(ofChannel(0)), statistics(ofChannel(1))]);
  tf.dispose(inputs);
  model.dispose();
});

test('the second of two batch norms sees what the first one makes of the batch, scale and shift included', () => {
  const norms = ['first', 'second'].map((name) => tf.layers.batchNormalization({ name }));
  const input = tf.input({ shape: [2] });
  const outputs = norms[1].apply(norms[0].apply(input)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs });
  norms[0].setWeights([tf.tensor1d([2, 3]), tf.tensor1d([5, -1]), tf.zeros([2]), tf.ones([2])]);
  const inputs = tf.tensor2d(samples);
  collectStatistics(model, inputs);
  assertClose(found(model, 'first'), [statistics(column(0)), statistics(column(1))]);
  const expected = [0, 1].map((i): [number, number] => {
    const [mean, variance] = statistics(column(i));
    const made = column(i).map((x) => ([2, 3][i] * (x - mean)) / Math.sqrt(variance + 1e-3) + [5, -1][i]);
    return statistics(made);
  });
  assertClose(found(model, 'second'), expected);
  tf.dispose(inputs);
  model.dispose();
});

test('a batch norm that is used twice, or lies in a wrapper, collects all that it sees; dropout does nothing', () => {
  const inputs = [0, 100].map((more) => tf.tensor2d(samples.map((sample) => sample.map((x) => x + more))));
  const norm = tf.layers.batchNormalization({ name: 'norm' });
  const given = [tf.input({ shape: [2] }), tf.input({ shape: [2] })];
  const dropped = tf.layers.dropout({ rate: 0.9 }).apply(given[0]) as tf.SymbolicTensor;
  const outputs = [norm.apply(dropped), norm.apply(given[1])] as tf.SymbolicTensor[];
  const shared = tf.model({ inputs: given, outputs });
  collectStatistics(shared, inputs, { batchSize: 4 });
  const both = [0, 1].map((i) => statistics(column(i).flatMap((x) => [x, x + 100])));
  assertClose(found(shared), both);
  const wrapped = tf.layers.timeDistributed({
    layer: tf.layers.batchNormalization({ name: 'inside' }),
    inputShape: [2, 2],
  });
  const model = tf.sequential({ layers: [wrapped] });
  const steps = tf.stack(inputs, 1);
  collectStatistics(model, steps);
  const [, , means] = wrapped.getWeights().map((weight) => [...weight.dataSync()]);
  means.forEach((mean, i) => {
    assert.ok(Math.abs(mean - both[i][0]) < 1e-3);
  });
  tf.dispose([...inputs, steps]);
  shared.dispose();
  model.dispose();
});

test('no other weight changes, no tensor is left, nested models are reached, and the layers work as before', () => {
  const inner = vggNet({ inputSize: 4, stages: [[3]], classes: 2 });
  const input = tf.input({ shape: [4, 4, 3] });
  const model = tf.model({ inputs: input, outputs: inner.apply(input) as tf.SymbolicTensor });
  const inputs = tf.randomUniform([8, 4, 4, 3], 2, 3, 'float32', 1);
  const values = () =>
    model.weights.map((weight) => ({ name: weight.originalName, values: [...weight.read().dataSync()] }));
  const [earlier, tensors] = [values(), tf.memory().numTensors];
  collectStatistics(model, inputs);
  assert.equal(tf.memory().numTensors, tensors);
  for (const [i, { name, values: now }] of values().entries()) {
    if (name.includes('moving')) assert.notDeepEqual(now, earlier[i].values, name);
    else assert.deepEqual(now, earlier[i].values, name);
  }
  // a batch of one would be all zeros if the norm still took the batch's mean
  const [one, all] = [inputs.slice(0, 1), inputs].map((each) => model.predict(each) as tf.Tensor);
  const [alone, among] = [one.dataSync(), all.dataSync()];
  alone.forEach((value, i) => {
    assert.ok(Math.abs(value - among[i]) < 1e-4);
  });
  tf.dispose([inputs, one, all]);
  model.dispose();
});

test('refuses samples that do not fit and unknown options', () => {
  const model = normOnly();
  const [one, inputs] = [tf.tensor2d([[1, 2]]), tf.tensor2d(samples)];
  const refuses = (
    given: tf.Tensor | tf.Tensor[],
    options: object,
    error: { name: string; message: string },
  ) => assert.throws(() => collectStatistics(model, given, options), error);
  refuses(
    one,
    {},
    {
      name: 'RangeError',
      message: 'Expected at least 2 samples to collect statistics of, but found 1.',
    },
  );
  refuses(
    [inputs, inputs],
    {},
    {
      name: 'RangeError',
      message: "Expected samples for the model's 1 inputs, but found 2 tensors.",
    },
  );
  refuses(
    inputs,
    { batchSize: 0.5 },
    {
      name: 'RangeError',
      message: 'batchSize must be a positive integer, but is 0.5.',
    },
  );
  refuses(
    inputs,
    { batchsize: 3 },
    {
      name: 'TypeError',
      message: 'Expected options such as { batchSize: 100 }, of batchSize, but found batchsize.',
    },
  );
  tf.dispose([one, inputs]);
  model.dispose();
});
