import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { applyPlan } from '../../src/pruning/applyPlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { RULES } from '../../src/pruning/rules';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

const on = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
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

test('a unit behind a depthwise multiplier owns as many channels', () => {
  const input = tf.input({ shape: [5, 5, 2] });
  const made = on(tf.layers.conv2d({ name: 'made', filters: 3, kernelSize: 1 }), input);
  const wide = on(tf.layers.depthwiseConv2d({ name: 'wide', kernelSize: 1, depthMultiplier: 2 }), made);
  const model = tf.model({
    inputs: input,
    outputs: on(tf.layers.conv2d({ name: 'last', filters: 2, kernelSize: 1 }), wide),
  });
  const [{ units, members }] = findGroups(model);
  assert.equal(units, 3);
  assert.deepEqual(
    members.map(({ layer, weight, role, indices }) => [`${role} ${layer}/${weight}`, indices]),
    [
      ['produces made/kernel', [[0], [1], [2]]],
      ['follows made/bias', [[0], [1], [2]]],
      ['follows wide/depthwise_kernel', [[0], [1], [2]]],
      [
        'follows wide/bias',
        [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
      ],
      [
        'reads last/kernel',
        [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
      ],
    ],
  );
});

test('behind a flatten a unit owns one row for each position', () => {
  for (const [dataFormat, rows] of [
    [
      'channelsLast',
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    ],
    [
      'channelsFirst',
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ], // the flatten below does not know that and leaves the order
  ] as const) {
    const input = tf.input({ shape: dataFormat === 'channelsLast' ? [1, 2, 1] : [1, 1, 2] });
    const made = on(tf.layers.conv2d({ filters: 3, kernelSize: 1, dataFormat }), input);
    const dense = tf.layers.dense({ name: 'dense', units: 2 });
    const model = tf.model({ inputs: input, outputs: on(dense, on(tf.layers.flatten(), made)) });
    const read = findGroups(model)[0].members.find(({ layer }) => layer === 'dense');
    assert.deepEqual(read?.indices, rows);
  }
});

test('a dense layer whose units become pictures is cut by channels of the picture', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'dense', units: 12, inputShape: [2] }),
      tf.layers.reshape({ targetShape: [2, 2, 3] }),
      tf.layers.conv2d({ name: 'conv', filters: 2, kernelSize: 1 }),
    ],
  });
  const [{ units, members }] = findGroups(model);
  assert.equal(units, 3);
  assert.deepEqual(members[0].indices, [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]); // biome-ignore format: one line
  const third = applyPlan(model, makePlan(model, { percent: 0.34 }));
  assert.deepEqual(third.getLayer('dense').getConfig().units, 8);
  assert.deepEqual(third.layers[1].outputShape, [null, 2, 2, 2]);
});

test('every layer of a group keeps a channel, although the group consists of several', () => {
  const input = tf.input({ shape: [4, 4, 2] });
  const [a, b] = [
    ['a', 2],
    ['b', 6],
  ].map(
    (
      [name, filters], // biome-ignore format: one line
    ) => on(tf.layers.conv2d({ name: name as string, filters: filters as number, kernelSize: 1 }), input),
  );
  const c = on(tf.layers.conv2d({ name: 'c', filters: 8, kernelSize: 1 }), input);
  const sum = on(tf.layers.add(), on(tf.layers.concatenate(), a, b), c);
  const model = tf.model({
    inputs: input,
    outputs: on(tf.layers.conv2d({ filters: 2, kernelSize: 1 }), sum),
  });
  const scores = { a: [1, 2], b: [5, 6, 7, 8, 9, 10], c: [1, 2, 3, 4, 5, 6, 7, 8] } as Record<
    string,
    number[]
  >;
  const importance = (_: tf.LayersModel, layer: string) => scores[layer] ?? [1, 1];
  assert.deepEqual(makePlan(model, { percent: 0.5, importance }).groups[0].keep, [1, 5, 6, 7]);
  const most = makePlan(model, { percent: 0.99, importance });
  assert.deepEqual(most.groups[0].keep, [1, 7]);
  most.groups[0].keep = [7];
  most.groups[0].cut = [0, 1, 2, 3, 4, 5, 6];
  assert.throws(() => applyPlan(model, most), {
    name: 'RangeError',
    message: "The plan keeps no channel of 'a'; at least one must stay.",
  });
});
