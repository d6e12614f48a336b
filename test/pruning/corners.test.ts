import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { applyPlan } from '../../src/pruning/applyPlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { ENGINE } from '../engines';
import { random } from './random';

before(() => useBackend(ENGINE));

const on = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
const dense = (name: string, units: number) => tf.layers.dense({ name, units, activation: 'sigmoid' });
const conv = (name: string, filters: number, dataFormat: 'channelsFirst' | 'channelsLast' = 'channelsLast') =>
  tf.layers.conv2d({ name, filters, kernelSize: 1, dataFormat, activation: 'sigmoid' });

/** Why nothing is cut of each group, by name; and that half of the rest goes without changing the function. */
function reasons(model: tf.LayersModel): Record<string, string | undefined> {
  const plan = makePlan(model, { percent: 0.5 });
  const [sliced, masked] = [applyPlan(model, plan), maskPlan(model, plan)];
  const next = random(3);
  const inputs = model.inputs.map(({ shape }) => {
    const sizes = [2, ...(shape.slice(1) as number[])];
    return tf.tensor(Array.from({ length: tf.util.sizeFromShape(sizes) }, next), sizes);
  });
  const [a, b] = [sliced, masked].map((each) => [each.predict(inputs)].flat());
  a.forEach((output, i) => {
    assert.ok(output.sub(b[i]).abs().max().dataSync()[0] < 1e-5);
  });
  return Object.fromEntries(findGroups(model).map(({ name, notCut }) => [name, notCut]));
}

test('a vector that comes first is joined with the last axis of pictures', () => {
  const input = tf.input({ shape: [3, 4, 2] });
  const made = on(conv('made', 6), input);
  const gate = on(dense('gate', 6), on(tf.layers.globalAveragePooling2d({}), made));
  const model = tf.model({
    inputs: input,
    outputs: on(conv('last', 2), on(tf.layers.multiply(), gate, made)),
  });
  assert.equal(reasons(model).made, undefined);
  assert.deepEqual(
    findGroups(model).map(({ name, units }) => [name, units]),
    [
      ['made', 6],
      ['last', 2],
    ],
  );
});

test('a vector that meets the width of a channelsFirst picture stays whole, and the picture is cut', () => {
  const input = tf.input({ shape: [2, 3, 4] });
  const made = on(conv('made', 6, 'channelsFirst'), input);
  const pooled = on(tf.layers.globalAveragePooling2d({ dataFormat: 'channelsFirst' }), made);
  const sum = on(tf.layers.add({ name: 'sum' }), made, on(dense('gate', 4), pooled));
  const model = tf.model({ inputs: input, outputs: on(conv('last', 2, 'channelsFirst'), sum) });
  const { made: free, gate } = reasons(model);
  assert.equal(free, undefined);
  assert.equal(gate, 'sum joins the channels with another axis');
});

test('what is concatenated along another axis than its own channels stays whole, the other is cut', () => {
  const input = tf.input({ shape: [4, 3] });
  const turned = on(tf.layers.permute({ dims: [2, 1] }), on(dense('turned', 4), input));
  const straight = on(dense('straight', 6), input);
  const joined = on(tf.layers.concatenate({ name: 'joined' }), turned, straight);
  const model = tf.model({ inputs: input, outputs: on(dense('last', 2), joined) });
  const { turned: whole, straight: free } = reasons(model);
  assert.equal(whole, 'joined joins the channels with another axis');
  assert.equal(free, undefined);
});

test('units that become positions of a single channel stay whole', () => {
  const input = tf.input({ shape: [3] });
  const picture = on(
    tf.layers.reshape({ name: 'picture', targetShape: [2, 2, 1] }),
    on(dense('made', 4), input),
  );
  const model = tf.model({ inputs: input, outputs: on(conv('last', 2), picture) });
  assert.equal(reasons(model).made, 'picture mixes the channels with positions');
});

test('a reshape or a nested model that also serves an input of the model cannot change its size', () => {
  const shared = [
    tf.layers.reshape({ name: 'shared', targetShape: [2, 2, 4] }),
    tf.sequential({ name: 'shared', layers: [tf.layers.flatten({ inputShape: [4, 4] })] }),
  ];
  for (const layer of shared) {
    const input = tf.input({ shape: [4, 4], name: `given_${layer.getClassName()}` });
    const outputs = [input, on(dense('made', 4), input)].map(
      (tensor, i) =>
      on(dense(`head${i}`, 2), on(tf.layers.flatten(), on(tf.layers.reshape({ targetShape: [4, 4] }), on(layer, tensor)))), // biome-ignore format: one line
    );
    const model = tf.model({ inputs: input, outputs });
    assert.ok(reasons(model).made, layer.getClassName());
  }
});

test('an embedding takes values for indices, so nothing is cut in front of it', () => {
  const input = tf.input({ shape: [3] });
  const table = tf.layers.embedding({ name: 'table', inputDim: 2, outputDim: 4 });
  const model = tf.model({ inputs: input, outputs: on(table, on(dense('made', 5), input)) });
  assert.equal(findGroups(model)[0].notCut, "table takes the channels' values for indices");
});

test('a depthwise regularizer does not become a constraint, as in the configuration of TensorFlow.js', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [3, 3, 2], filters: 4, kernelSize: 1 }),
      tf.layers.depthwiseConv2d({ name: 'each', kernelSize: 1, depthwiseRegularizer: 'l1l2' } as never),
      tf.layers.conv2d({ filters: 2, kernelSize: 1 }),
    ],
  });
  const half = applyPlan(model, makePlan(model, { percent: 0.5 }));
  const { depthwiseConstraint, depthwiseRegularizer } = half.getLayer('each') as unknown as Record<
    string,
    unknown
  >;
  assert.equal(depthwiseConstraint, null);
  assert.ok(depthwiseRegularizer);
});

test('a pruned model with layers and models that are used twice is disposed as a whole', () => {
  const input = tf.input({ shape: [4] });
  const shared = dense('shared', 4);
  const nested = tf.sequential({ name: 'nested', layers: [tf.layers.dense({ units: 4, inputShape: [4] })] });
  const twice = on(nested, on(nested, on(shared, on(shared, input))));
  const model = tf.model({ inputs: input, outputs: on(dense('last', 2), twice) });
  const tensors = tf.memory().numTensors;
  const half = applyPlan(model, makePlan(model, { percent: 0.5 }));
  assert.ok(tf.memory().numTensors > tensors);
  half.dispose();
  assert.equal(tf.memory().numTensors, tensors);
});

test('a frozen nested model stays frozen', () => {
  const nested = tf.sequential({ name: 'nested', layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });
  const model = tf.sequential({ layers: [nested, dense('last', 2)] });
  nested.trainable = false;
  const half = applyPlan(model, makePlan(model, { percent: 0.5 }));
  assert.equal(half.trainableWeights.length, 2);
  assert.deepEqual(half.layers[0].getWeights()[0].shape, [3, 2]);
});

test('a layer that lies in two nested models is cut in both', () => {
  const shared = dense('shared', 4);
  const nest = (name: string) => {
    const input = tf.input({ shape: [3] });
    return tf.model({ name, inputs: input, outputs: on(shared, input) });
  };
  const input = tf.input({ shape: [3] });
  const sum = on(tf.layers.add(), on(nest('one'), input), on(nest('two'), input));
  const model = tf.model({ inputs: input, outputs: on(dense('last', 2), sum) });
  assert.equal(reasons(model)['one/shared'], undefined);
  const half = applyPlan(model, makePlan(model, { percent: 0.5 }));
  for (const name of ['one', 'two']) assert.deepEqual(half.getLayer(name).outputShape, [null, 2]);
});
