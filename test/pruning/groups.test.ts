import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { digitsNet } from '../../src/nets/digitsNet';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { applyPlan } from '../../src/pruning/applyPlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { ENGINE, ENGINES } from '../engines';
import { random } from './random';

before(() => useBackend(ENGINE));

const conv = (name: string, filters: number, channelsFirst = false) =>
  tf.layers.conv2d({
    name,
    filters,
    kernelSize: 1,
    dataFormat: channelsFirst ? 'channelsFirst' : 'channelsLast',
  });
const on = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
const shapeOf = ({ shape }: tf.SymbolicTensor) => shape.slice(1) as number[];
const reasons = (model: tf.LayersModel) =>
  Object.fromEntries(findGroups(model).map(({ name, notCut }) => [name, notCut]));

/** Largest difference of the sliced and the masked model over all outputs. */
function slicedAgainstMasked(model: tf.LayersModel, percent: number): number {
  const plan = makePlan(model, { percent });
  const [sliced, masked] = [applyPlan(model, plan), maskPlan(model, plan)];
  const next = random(5);
  const inputs = model.inputs.map(({ shape }) => {
    const sizes = [2, ...(shape.slice(1) as number[])];
    return tf.tensor(Array.from({ length: tf.util.sizeFromShape(sizes) }, next), sizes);
  });
  const [a, b] = [sliced, masked].map((each) => [each.predict(inputs)].flat());
  const differences = a.map((output, i) => output.sub(b[i]).abs().max().dataSync()[0]);
  for (const output of b) assert.ok(output.abs().max().dataSync()[0] > 1e-3);
  return Math.max(...differences);
}

for (const inputFirst of [true, false]) {
  const order = inputFirst ? 'first' : 'last';
  test(`a layer that reads the model's input ${order} and a convolution ties both, so nothing is cut there`, () => {
    const input = tf.input({ shape: [3, 3, 4], name: inputFirst ? 'given' : 'given2' });
    const made = on(conv('made', 4), input);
    const shared = conv('shared', 6);
    const outputs = (inputFirst ? [input, made] : [made, input]).map((tensor, i) =>
      on(conv(`head${i}`, 2), on(shared, tensor)),
    );
    const model = tf.model({ inputs: input, outputs });
    const { made: reason, shared: free } = reasons(model);
    assert.match(reason as string, /^given2? is an input of the model$/);
    assert.equal(free, undefined);
    assert.ok(slicedAgainstMasked(model, 0.5) < 1e-6);
  });
}

test('a layer that reads another axis than the channels protects what it reads', () => {
  const input = tf.input({ shape: [2, 6, 5] });
  const model = tf.model({ inputs: input, outputs: on(conv('across', 3), on(conv('made', 4, true), input)) });
  assert.equal(reasons(model).made, 'across reads another axis than the one that carries the channels');
  assert.ok(slicedAgainstMasked(model, 0.5) < 1e-6);
});

test('a layer that reads the channels in one place and another axis in another protects both', () => {
  const input = tf.input({ shape: [4, 6, 4] });
  const shared = conv('shared', 3, true);
  const outputs = [conv('across', 4), conv('made', 4, true)].map((layer) => on(shared, on(layer, input)));
  const model = tf.model({ inputs: input, outputs });
  const reason = 'shared reads another axis than the one that carries the channels';
  assert.equal(reasons(model).across, reason);
  assert.equal(reasons(model).made, reason);
  assert.ok(slicedAgainstMasked(model, 0.5) < 1e-6);
});

for (const channelsFirst of [false, true]) {
  const dataFormat = channelsFirst ? 'channelsFirst' : 'channelsLast';
  for (const kind of ['globalAveragePooling2d', 'globalMaxPooling2d'] as const) {
    test(`${kind} hands on the channels of ${dataFormat} pictures, one number each`, () => {
      const input = tf.input({ shape: channelsFirst ? [2, 5, 3] : [5, 3, 2] });
      const made = on(conv('made', 6, channelsFirst), on(conv('before', 4, channelsFirst), input));
      const model = tf.model({
        inputs: input,
        outputs: on(tf.layers[kind]({ name: 'pool', dataFormat }), made),
      });
      assert.deepEqual(reasons(model), {
        before: undefined,
        made: 'pool is an output of the model (pruneOutputs: true cuts it, too)',
      });
      assert.ok(slicedAgainstMasked(model, 0.5) < 1e-6);
      const plan = makePlan(model, { percent: 0.5, pruneOutputs: true });
      const [whole, cut] = [model, applyPlan(model, plan)].map((each) =>
        each.predict(tf.ones([1, ...shapeOf(input)])),
      );
      assert.equal((whole as tf.Tensor).shape[1], 6);
      assert.deepEqual((cut as tf.Tensor).shape, [1, 3]);
    });

    test(`${kind} in the other data format than ${dataFormat} pools over the channels, so nothing is cut there`, () => {
      const input = tf.input({ shape: channelsFirst ? [2, 5, 3] : [5, 3, 2] });
      const pool = tf.layers[kind]({
        name: 'pool',
        dataFormat: channelsFirst ? 'channelsLast' : 'channelsFirst',
      });
      const model = tf.model({ inputs: input, outputs: on(pool, on(conv('made', 6, channelsFirst), input)) });
      assert.equal(findGroups(model, { pruneOutputs: true })[0].notCut, 'pool pools over the channels');
      assert.ok(slicedAgainstMasked(model, 0.5) < 1e-6);
    });
  }
}

test('softmax behind global pooling runs over the channels, which stay', () => {
  const input = tf.input({ shape: [5, 3, 2] });
  const pooled = on(tf.layers.globalAveragePooling2d({}), on(conv('made', 6), input));
  const model = tf.model({ inputs: input, outputs: on(tf.layers.softmax({ name: 'shares' }), pooled) });
  const [{ notCut }] = findGroups(model, { pruneOutputs: true });
  assert.equal(notCut, 'shares normalises over the channels (softmax)');
});

test('digitsNet has a group for each convolution, and its ten outputs stay', () => {
  const model = digitsNet();
  const [one, two, ...rest] = findGroups(model);
  assert.deepEqual(
    [one, two].map(({ name, units, members }) => ({
      name,
      units,
      members: members.map(({ layer, weight, axis, role }) => `${role} ${layer}/${weight} axis ${axis}`),
    })),
    [
      { name: 'conv1', units: 32, members: ['produces conv1/kernel axis 3', 'reads conv2/kernel axis 2'] },
      { name: 'conv2', units: 32, members: ['produces conv2/kernel axis 3', 'reads conv3/kernel axis 2'] },
    ],
  );
  assert.deepEqual(
    rest.map(({ name, units, notCut }) => [name, units, notCut]),
    [
      ['conv3', 64, undefined],
      ['conv4', 64, undefined],
      ['conv5', 10, 'pool is an output of the model (pruneOutputs: true cuts it, too)'],
    ],
  );
  model.dispose();
});

test('the activation logSoftmax protects its layer like softmax', () => {
  const input = tf.input({ shape: [3, 3, 2] });
  const layer = tf.layers.conv2d({
    name: 'log',
    filters: 4,
    kernelSize: 1,
    activation: 'logSoftmax' as 'softmax',
  });
  const model = tf.model({ inputs: input, outputs: on(conv('last', 2), on(layer, input)) });
  assert.equal(reasons(model).log, 'log normalises over the channels (softmax)');
});

test('channels that meet in a sum with a concatenation become one group', () => {
  const input = tf.input({ shape: [3, 3, 2] });
  const [a, b, c] = [conv('a', 3), conv('b', 2), conv('c', 5)].map((layer) => on(layer, input));
  const sum = on(tf.layers.add(), on(tf.layers.concatenate(), a, b), c);
  const model = tf.model({ inputs: input, outputs: on(conv('last', 2), sum) });
  assert.deepEqual(
    findGroups(model).map(({ name, units }) => [name, units]),
    [
      ['a', 5],
      ['last', 2],
    ],
  );
  assert.deepEqual(makePlan(model, { percent: 0 }).groups[0].layers, ['a', 'b', 'c']);
});

test('maskPlan zeroes what reads cut channels, and leaves every other number as it was', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'one',
        filters: 4,
        kernelSize: 2,
        inputShape: [4, 4, 2],
        biasInitializer: 'ones',
      }),
      tf.layers.conv2d({ name: 'two', filters: 3, kernelSize: 1, biasInitializer: 'ones' }),
    ],
  });
  const plan = makePlan(model, { percent: 0.5 });
  const masked = maskPlan(model, plan);
  const [kernel1, bias1, kernel2, bias2] = model.getWeights();
  const rows = tf
    .tensor(Array.from({ length: 4 }, (_, i) => (plan.groups[0].cut.includes(i) ? 0 : 1)))
    .reshape([4, 1]);
  const expected = [kernel1, bias1, kernel2.mul(rows), bias2];
  masked.getWeights().forEach((weight, i) => {
    assert.equal(weight.notEqual(expected[i]).sum().dataSync()[0], 0);
  });
});

test('a plan is applied to a large model made on another engine, although the heap grows meanwhile', async () => {
  const model = eightConvNet({ inputSize: 2, widths: [512, 1024, 256] });
  const plan = makePlan(model, { percent: 0.1 });
  const expected = applyPlan(model, plan)
    .getWeights()
    .map((weight) => weight.dataSync().slice());
  for (const backend of ENGINES) {
    await useBackend(backend);
    applyPlan(model, plan)
      .getWeights()
      .forEach((weight, i) => {
        assert.ok(
          weight.dataSync().every((value, k) => value === expected[i][k]),
          backend,
        );
      });
  }
  await useBackend(ENGINE);
});
