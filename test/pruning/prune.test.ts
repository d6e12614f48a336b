import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { prune } from '../../src/pruning/prune';
import { ENGINE, ENGINES } from '../engines';

before(() => useBackend(ENGINE));

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
  for (const backend of ENGINES) {
    await useBackend(backend);
    const there = prune(model, { percent: 0.5 });
    assert.deepEqual(valuesOf(there), expected, backend);
    there.dispose();
  }
  for (const each of [half, model]) each.dispose();
  await useBackend(ENGINE);
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

test('weights that are not numbers do not disturb where nothing is cut', () => {
  const model = small();
  const weights = model.getWeights();
  const broken = tf.fill(weights[3].shape, Number.NaN);
  model.getLayer('conv4').setWeights([broken]);
  const half = prune(model, { percent: 0.5 });
  assert.deepEqual(channelsOf(half)[2], [5, 3]);
  assert.throws(() => prune(model, { percent: 0.5, pruneOutputs: true }), {
    name: 'RangeError',
    message: "The score of channel 0 of 'conv4' is NaN; only finite scores can be ranked.",
  });
  for (const each of [model, half]) each.dispose();
});

test('a frozen model stays frozen, and its metadata goes along', () => {
  const model = small();
  model.trainable = false;
  model.setUserDefinedMetadata({ classes: ['cat'] });
  const half = prune(model, { percent: 0.5 });
  assert.equal(half.trainableWeights.length, 0);
  assert.deepEqual(half.getUserDefinedMetadata(), { classes: ['cat'] });
  model.dispose();
  half.dispose();
});

test('a large model is pruned on every engine alike, although the heap of wasm grows meanwhile', async () => {
  const model = eightConvNet({ inputSize: 2, widths: [512, 1024, 256] });
  const half = prune(model, { percent: 0.5 });
  const expected = half.getWeights().map((weight) => weight.dataSync().slice());
  for (const backend of ENGINES) {
    await useBackend(backend);
    const there = prune(model, { percent: 0.5 });
    there.getWeights().forEach((weight, index) => {
      assert.ok(
        weight.dataSync().every((value, i) => value === expected[index][i]),
        backend,
      );
    });
    there.dispose();
  }
  for (const each of [half, model]) each.dispose();
  await useBackend(ENGINE);
});

test('a layer that is used at two picture sizes is pruned as one', () => {
  const conv = tf.layers.conv2d({ filters: 6, kernelSize: 3, activation: 'relu', name: 'both' });
  const heads = [8, 5].map((size) => {
    const input = tf.input({ shape: [size, size, 2] });
    const head = tf.layers.conv2d({ filters: 2, kernelSize: 1 }).apply(conv.apply(input));
    return { input, head: head as tf.SymbolicTensor };
  });
  const model = tf.model({ inputs: heads.map(({ input }) => input), outputs: heads.map(({ head }) => head) });
  const half = prune(model, { percent: 0.5 });
  assert.equal(half.getLayer('both').getConfig().filters, 3);
  assert.deepEqual(half.outputs.map(({ shape }) => shape), [[null, 6, 6, 2], [null, 3, 3, 2]]); // biome-ignore format: one line
  model.dispose();
  half.dispose();
});

test('with several producers, scores below zero still rank from low to high', () => {
  const input = tf.input({ shape: [4, 4, 1] });
  const twice = tf.layers.conv2d({ filters: 4, kernelSize: 1, name: 'twice' });
  const first = tf.layers.conv2d({ filters: 4, kernelSize: 1, name: 'first' }).apply(input);
  const output = tf.layers.conv2d({ filters: 1, kernelSize: 1 }).apply(twice.apply(twice.apply(first)));
  const model = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  const { groups } = makePlan(model, {
    percent: 0.5,
    importance: (_, layer) => (layer === 'first' || layer === 'twice' ? [-4, -3, -2, -1] : [1]),
  });
  assert.deepEqual(groups[0].layers, ['first', 'twice']);
  assert.deepEqual(groups[0].cut, [0, 1]);
  model.dispose();
});
