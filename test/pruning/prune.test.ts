import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { prune } from '../../src/pruning/prune';

before(() => useBackend('cpu'));

const small = (seed = 0) => eightConvNet({ inputSize: 6, widths: [8, 10, 6, 12], seed });
const valuesOf = (model: tf.LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));
const channelsOf = (model: tf.LayersModel) => model.getWeights().map(({ shape }) => [shape[2], shape[3]]);

test('prune cuts a layer on its output and the next layer on its input', () => {
  const model = small();
  const half = prune(model, { percent: 0.5 });
  assert.deepEqual(channelsOf(half), [[3, 4], [4, 5], [5, 3], [3, 12]]); // biome-ignore format: one line
  assert.deepEqual(half.outputs[0].shape, [null, 6, 6, 12]);
  model.dispose();
  half.dispose();
});

test('prune leaves the output layer alone unless pruneOutputs is true', () => {
  const model = small();
  const half = prune(model, { percent: 0.5, pruneOutputs: true });
  assert.deepEqual(channelsOf(half), [[3, 4], [4, 5], [5, 3], [3, 6]]); // biome-ignore format: one line
  assert.equal(half.getLayer('conv4').getConfig().filters, 6);
  model.dispose();
  half.dispose();
});

test('prune keeps one channel a layer at any percent below 1', () => {
  const model = small();
  const least = prune(model, { percent: 0.99, pruneOutputs: true });
  assert.deepEqual(channelsOf(least), [[3, 1], [1, 1], [1, 1], [1, 1]]); // biome-ignore format: one line
  model.dispose();
  least.dispose();
});

test('percent 0 gives an equal copy that is independent of the original', () => {
  const model = small();
  const copy = prune(model, { percent: 0, pruneOutputs: true });
  const values = valuesOf(model);
  assert.deepEqual(valuesOf(copy), values);
  assert.deepEqual(copy.toJSON(null, false), model.toJSON(null, false));
  model.dispose();
  assert.deepEqual(valuesOf(copy), values);
  copy.dispose();
});

test('prune and maskPlan leave the original as it was and leak no tensor', () => {
  const model = small();
  const values = valuesOf(model);
  const tensors = tf.memory().numTensors;
  const half = prune(model, { percent: 0.5 });
  const masked = maskPlan(model, makePlan(model, { percent: 0.5 }));
  assert.equal(tf.memory().numTensors, tensors + half.weights.length + masked.weights.length);
  assert.deepEqual(valuesOf(model), values);
  half.dispose();
  masked.dispose();
  assert.equal(tf.memory().numTensors, tensors);
  model.dispose();
});

test('the pruned model has the layer names and the configuration of the original, with fewer filters', () => {
  const model = small();
  const half = prune(model, { percent: 0.5 });
  assert.deepEqual(
    half.layers.map(({ name }) => name),
    model.layers.map(({ name }) => name),
  );
  assert.deepEqual(half.getLayer('conv2').getConfig(), {
    ...model.getLayer('conv2').getConfig(),
    filters: 5,
  });
  model.dispose();
  half.dispose();
});

test('a model made on one engine can be pruned on another, with the same result', async () => {
  const model = small();
  const half = prune(model, { percent: 0.5 });
  const expected = valuesOf(half);
  await useBackend('wasm');
  const onWasm = prune(model, { percent: 0.5 });
  assert.deepEqual(valuesOf(onWasm), expected);
  for (const each of [onWasm, half, model]) each.dispose();
  await useBackend('cpu');
});

test('options of layers that have nothing to do with channels survive', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [5, 5, 2],
        filters: 4,
        kernelSize: 3,
        trainable: false,
        kernelConstraint: 'nonNeg',
        kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
      }),
      tf.layers.leakyReLU({ alpha: 0.1 }),
      tf.layers.conv2d({ filters: 2, kernelSize: 1 }),
    ],
  });
  const half = prune(model, { percent: 0.5 });
  model.layers.forEach((layer, index) => {
    const filters = index === 0 ? { filters: 2 } : {};
    assert.deepEqual(half.layers[index].getConfig(), { ...layer.getConfig(), ...filters });
  });
  assert.equal(half.layers[0].trainable, false);
  model.dispose();
  half.dispose();
});

test('a failure half way leaves no tensor and no variable behind', () => {
  const model = small();
  const plan = makePlan(model, { percent: 0.5 });
  const tensors = tf.memory().numTensors;
  const broken = model.getLayer('conv3').weights[0];
  const read = broken.read;
  broken.read = () => {
    throw new Error('no memory left');
  };
  assert.throws(() => applyPlan(model, plan), /no memory left/);
  broken.read = read;
  assert.equal(tf.memory().numTensors, tensors);
  model.dispose();
});

for (const [percent, message] of [
  [1, 'It is 1.'],
  [-0.1, 'It is -0.1.'],
  [Number.NaN, 'It is NaN.'],
  [50, 'It is 50. For 50 % write 0.5.'],
  ['0.5' as never, "It is the text '0.5'."],
] as const) {
  test(`prune refuses percent ${percent}`, () => {
    const model = small();
    assert.throws(() => prune(model, { percent }), {
      name: 'RangeError',
      message: `percent must be a fraction, 0 <= percent < 1: the share of the channels to cut. ${message}`,
    });
    model.dispose();
  });
}

test('prune refuses an importance that it does not know', () => {
  const model = small();
  assert.throws(() => prune(model, { percent: 0.5, importance: 'l3' as 'l1' }), {
    name: 'RangeError',
    message: "importance must be 'l1', 'random' or a function, but is 'l3'.",
  });
  model.dispose();
});

test('a layer type without a rule is an error that names the layer', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 3, name: 'first' }),
      tf.layers.flatten({ name: 'flat' }),
    ],
  });
  assert.throws(() => prune(model, { percent: 0.5 }), {
    name: 'TypeError',
    message:
      "The layer 'flat' is a Flatten, and there is no rule for what that does with channels. Layer types with a " +
      'rule: Conv2D, ReLU, LeakyReLU, ELU, ThresholdedReLU, Activation, Softmax.',
  });
  model.dispose();
});
