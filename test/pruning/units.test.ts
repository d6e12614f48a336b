import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { applyPlan } from '../../src/pruning/applyPlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { ENGINE } from '../engines';
import { on } from './netBlocks';

before(() => useBackend(ENGINE));

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
