import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { applyPlan } from '../../src/pruning/applyPlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { RULES } from '../../src/pruning/rules';
import { ENGINE } from '../engines';
import { on } from './netBlocks';

before(() => useBackend(ENGINE));

const reasons = (model: tf.LayersModel) =>
  Object.fromEntries(findGroups(model, { pruneOutputs: true }).map(({ name, notCut }) => [name, notCut]));

test('every layer class of TensorFlow.js has a rule, or a reason for protection', () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const classes = Object.entries(classNameMap)
    .filter(([, [type]]) => type.prototype instanceof tf.layers.Layer)
    .map(([name]) => name);
  const graph = ['InputLayer', 'Model', 'Functional', 'Sequential']; // findGroups walks through these itself
  const shipped = classes.filter((name) => !graph.includes(name));
  assert.deepEqual(Object.keys(RULES).sort(), shipped.sort());
  assert.ok(shipped.length > 60);
});

/** A layer behind a convolution 'made' of 4 channels and before a dense layer 'last'. */
function behind(layer: tf.layers.Layer, shape: number[], options: { channelsFirst?: boolean } = {}) {
  const input = tf.input({ shape });
  const dataFormat = options.channelsFirst ? 'channelsFirst' : 'channelsLast';
  const kind = shape.length === 2 ? tf.layers.conv1d : tf.layers.conv2d;
  const made = on(kind({ name: 'made', filters: 4, kernelSize: 1, dataFormat }), input);
  return tf.model({ inputs: input, outputs: on(layer, made) });
}

const inner = () => tf.layers.dense({ units: 3 });

for (const [reason, shape, layer] of [
  ['x is recurrent: its state couples the channels', [5, 2], tf.layers.lstm({ name: 'x', units: 3 })],
  ['x is recurrent: its state couples the channels', [5, 2], tf.layers.gru({ name: 'x', units: 3 })],
  ['x is recurrent: its state couples the channels', [5, 2], tf.layers.simpleRNN({ name: 'x', units: 3 })],
  [
    'x is recurrent: its state couples the channels',
    [5, 2],
    tf.layers.rnn({ name: 'x', cell: tf.layers.gruCell({ units: 3 }) }),
  ],
  [
    'x wraps another layer, and pruning does not look inside',
    [5, 2],
    tf.layers.timeDistributed({ name: 'x', layer: inner() }),
  ],
  [
    'x wraps another layer, and pruning does not look inside',
    [5, 2],
    tf.layers.bidirectional({
      name: 'x',
      layer: tf.layers.gru({ units: 3 }),
      mergeMode: 'concat',
    } as never),
  ],
  ['x looks at all channels of a step', [5, 2], tf.layers.masking({ name: 'x' })],
  ['x normalises over the channels', [5, 2], tf.layers.layerNormalization({ name: 'x' })],
  ['x normalises over the channels', [5, 5, 2], tf.layers.layerNormalization({ name: 'x', axis: [1, 2, 3] })],
  [undefined, [5, 5, 2], tf.layers.layerNormalization({ name: 'x', axis: [1, 2] })],
  ['x normalises over the channels (softmax)', [5, 2], tf.layers.softmax({ name: 'x', axis: -1 })],
  [
    'x normalises over the channels (softmax)',
    [5, 2],
    tf.layers.activation({ name: 'x', activation: 'softmax' }),
  ],
  ['x mixes the channels with positions', [5, 6, 2], tf.layers.reshape({ name: 'x', targetShape: [24, 5] })],
  ['x mixes the channels with positions', [5, 6, 2], tf.layers.reshape({ name: 'x', targetShape: [40, 3] })],
  [undefined, [5, 6, 2], tf.layers.reshape({ name: 'x', targetShape: [10, 3, 4] })],
  [undefined, [5, 6, 2], tf.layers.reshape({ name: 'x', targetShape: [10, 12] })],
  [undefined, [5, 6, 2], tf.layers.reshape({ name: 'x', targetShape: [-1, 12] })],
  [
    'x gets an output shape without a batch axis from TensorFlow.js 4.22',
    [5, 6, 2],
    tf.layers.resizing({ name: 'x', height: 3, width: 3 }),
  ],
  [
    'x gets an output shape without a batch axis from TensorFlow.js 4.22',
    [5, 6, 2],
    tf.layers.randomWidth({ name: 'x', factor: 0.5 }),
  ],
] as [string | undefined, number[], tf.layers.Layer][]) {
  test(`${layer.getClassName()} behind [${shape}]: ${reason ?? 'the channels pass'}`, () => {
    const model = behind(layer, shape);
    assert.equal(reasons(model).made, reason);
    const half = applyPlan(model, makePlan(model, { percent: 0.5, pruneOutputs: true }));
    assert.equal(half.getLayer('made').getConfig().filters, reason ? 4 : 2);
    half.dispose();
    model.dispose();
  });
}

for (const [reason, layer] of [
  ['x pools over the channels', tf.layers.maxPooling2d({ name: 'x', poolSize: 2 })],
  ['x pads the channels', tf.layers.zeroPadding2d({ name: 'x', padding: 1 })],
  ['x crops the channels', tf.layers.cropping2D({ name: 'x', cropping: 1 } as never)],
  ['x repeats the channels', tf.layers.upSampling2d({ name: 'x' })],
  [
    'x reads another axis than the one that carries the channels',
    tf.layers.depthwiseConv2d({ name: 'x', kernelSize: 1 }),
  ],
  [
    'x reads another axis than the one that carries the channels',
    tf.layers.separableConv2d({ name: 'x', kernelSize: 1, filters: 2 }),
  ],
] as [string, tf.layers.Layer][]) {
  test(`${layer.getClassName()} that is set to the other data format: ${reason}`, () => {
    assert.equal(reasons(behind(layer, [2, 5, 6], { channelsFirst: true })).made, reason);
  });
}

test('a dot product protects both operands', () => {
  const input = tf.input({ shape: [5] });
  const [a, b] = ['a', 'b'].map((name) => on(tf.layers.dense({ name, units: 4 }), input));
  const model = tf.model({ inputs: input, outputs: on(tf.layers.dot({ name: 'x', axes: 1 }), a, b) });
  const reason = 'x multiplies channels with each other';
  assert.deepEqual(reasons(model), { a: reason, b: reason });
});

test('the network before and after a protected layer is still cut', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'one', units: 6, inputShape: [5, 3] }),
      tf.layers.dense({ name: 'two', units: 4 }),
      tf.layers.lstm({ name: 'memory', units: 3 }),
      tf.layers.dense({ name: 'three', units: 8 }),
      tf.layers.dense({ name: 'four', units: 2 }),
    ],
  });
  const half = applyPlan(model, makePlan(model, { percent: 0.5 }));
  const units = half.layers.map((layer) => layer.getConfig().units);
  assert.deepEqual(units, [3, 4, 3, 4, 2]);
  const [before, after] = [model, half].map((each) =>
    each
      .getLayer('memory')
      .getWeights()
      .map((w) => w.dataSync()),
  );
  assert.deepEqual(after, before);
});

test('of two reasons the one that comes first in the net is told', () => {
  const input = tf.input({ shape: [5, 2] });
  const made = (name: string) => on(tf.layers.dense({ name, units: 4 }), input);
  const [a, b] = [made('a'), made('b')];
  const first = on(tf.layers.layerNormalization({ name: 'first' }), b);
  const second = on(tf.layers.layerNormalization({ name: 'second' }), a);
  for (const operands of [
    [first, second],
    [second, first],
  ]) {
    // biome-ignore format: one line
    const model = tf.model({ inputs: input, outputs: on(tf.layers.add(), ...operands) });
    const told = operands[0] === first ? 'first' : 'second';
    assert.deepEqual(Object.values(reasons(model)), [`${told} normalises over the channels`]);
  }
  const model = tf.model({ inputs: input, outputs: [first, on(tf.layers.add(), second, first)] });
  assert.deepEqual(Object.values(reasons(model)), ['first normalises over the channels']);
});

test('a group of which some channels are protected is not cut at all', () => {
  const input = tf.input({ shape: [5, 2] });
  const made = (name: string, units: number) => on(tf.layers.dense({ name, units }), input);
  const [a, b, c] = [made('a', 2), made('b', 3), made('c', 5)];
  const normal = on(tf.layers.layerNormalization({ name: 'norm' }), a);
  for (const parts of [
    [normal, b],
    [b, normal],
  ]) {
    // biome-ignore format: one line
    const sum = on(tf.layers.add(), on(tf.layers.concatenate(), ...parts), c);
    const model = tf.model({ inputs: input, outputs: sum });
    assert.deepEqual(Object.values(reasons(model)), ['norm normalises over the channels']);
  }
});
