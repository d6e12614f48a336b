import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { applyPlan } from '../../src/pruning/applyPlan';
import { describePlan } from '../../src/pruning/describePlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { cutCount, rank } from '../../src/pruning/rank';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

const small = () => eightConvNet({ inputSize: 6, widths: [4, 6, 5] });
const scores = (byLayer: Record<string, number[]>) => (_: tf.LayersModel, layer: string) => byLayer[layer];
const fixed = scores({ conv1: [3, 1, 2, 1], conv2: [6, 5, 4, 3, 2, 1], conv3: [1, 2, 3, 4, 5] });

test('makePlan cuts the lowest scores of every group and keeps the indices in order', () => {
  const model = small();
  const plan = makePlan(model, { percent: 0.5, importance: fixed, pruneOutputs: true });
  assert.deepEqual(
    plan.groups.map(({ name, keep, cut }) => ({ name, keep, cut })),
    [
      { name: 'conv1', keep: [0, 2], cut: [1, 3] },
      { name: 'conv2', keep: [0, 1, 2], cut: [3, 4, 5] },
      { name: 'conv3', keep: [2, 3, 4], cut: [0, 1] },
    ],
  );
  model.dispose();
});

test('among equal scores the lower index goes first', () => {
  assert.deepEqual(rank([1, 0, 1, 0, 1], 3), { keep: [2, 4], cut: [0, 1, 3] });
});

test('cutCount rounds down, whatever binary fractions do, and leaves one channel', () => {
  assert.equal(cutCount(100, 0.29), 29); // 100 * 0.29 is 28.999999999999996
  assert.equal(cutCount(10, 1 - 0.9), 1); // 10 * (1 - 0.9) is 0.9999999999999998
  assert.equal(cutCount(3, 0.5), 1);
  assert.equal(cutCount(1, 0.99), 0);
  assert.equal(cutCount(2, 0.999), 1);
  for (let n = 1; n <= 40; n++) {
    for (let hundredths = 0; hundredths < 100; hundredths++) {
      const exact = Math.min(n - 1, Math.floor((n * hundredths) / 100));
      assert.equal(cutCount(n, hundredths / 100), exact, `n ${n}, percent ${hundredths / 100}`);
    }
  }
});

test('a plan survives JSON and gives the same model', () => {
  const model = small();
  const plan = makePlan(model, { percent: 0.4 });
  const copy = JSON.parse(JSON.stringify(plan));
  assert.deepEqual(copy, plan);
  const [a, b] = [applyPlan(model, plan), applyPlan(model, copy)];
  assert.deepEqual(
    a.getWeights().map((weight) => weight.arraySync()),
    b.getWeights().map((weight) => weight.arraySync()),
  );
  for (const each of [model, a, b]) each.dispose();
});

test('a plan edited by hand is applied as it stands', () => {
  const model = small();
  const plan = makePlan(model, { percent: 0, pruneOutputs: true });
  plan.groups[0].keep = [2];
  plan.groups[0].cut = [0, 1, 3];
  const sliced = applyPlan(model, plan);
  const original = model.getLayer('conv2').getWeights()[0];
  assert.deepEqual(
    sliced.getLayer('conv2').getWeights()[0].arraySync(),
    original.slice([0, 0, 2, 0], [3, 3, 1, 6]).arraySync(),
  );
  model.dispose();
  sliced.dispose();
});

test('applyPlan refuses a plan that does not fit, and says where', () => {
  const model = small();
  const plan = () => makePlan(model, { percent: 0.5 });
  const edited = (edit: (made: ReturnType<typeof plan>) => void) => {
    const made = plan();
    edit(made);
    return () => applyPlan(model, made);
  };
  assert.throws(
    edited(({ groups }) => groups[1].keep.push(9)),
    {
      name: 'RangeError',
      message:
        "The plan's keep and cut of 'conv2' must together name each of its 6 channels once (0 to 5), but name 7: " +
        '0, 1, 2, 3, 4, 5, 9.',
    },
  );
  assert.throws(
    edited(({ groups }) => {
      groups[1].cut.push(...groups[1].keep.splice(0));
    }),
    { name: 'RangeError', message: "The plan keeps no channel of 'conv2'; at least one must stay." },
  );
  assert.throws(
    edited(({ groups }) => {
      groups[2].cut.push(...groups[2].keep.splice(0, 1));
    }),
    {
      name: 'RangeError',
      message:
        "The plan cuts channels of 'conv3', but nothing can be cut there: conv3 is an output of the model " +
        '(pruneOutputs: true cuts it, too).',
    },
  );
  assert.throws(
    edited(({ groups }) => groups.pop()),
    {
      name: 'RangeError',
      message: 'The plan is for groups conv1, conv2, but the model has groups conv1, conv2, conv3.',
    },
  );
  model.dispose();
});

test('applyPlan refuses what is no plan', () => {
  const model = small();
  for (const plan of [
    null,
    {},
    { groups: [{ name: 'conv1', keep: [0] }] },
    { groups: [null] },
    { groups: [] },
  ]) {
    assert.throws(() => applyPlan(model, plan as never), {
      name: 'TypeError',
      message:
        'A plan must say pruneOutputs (true or false) and have groups, each with the lists keep and cut.',
    });
  }
  model.dispose();
});

test('makePlan refuses a seed that is not an integer', () => {
  const model = small();
  assert.throws(() => makePlan(model, { percent: 0.5, importance: 'random', seed: Number.NaN }), {
    name: 'RangeError',
    message: 'seed must be an integer, but is NaN.',
  });
  model.dispose();
});

test('scores that cannot be ranked are refused with layer and channel', () => {
  const model = small();
  const importance = (bad: number[]) =>
    scores({ conv1: bad, conv2: [1, 2, 3, 4, 5, 6], conv3: [1, 2, 3, 4, 5] });
  assert.throws(() => makePlan(model, { percent: 0.5, importance: importance([1, Number.NaN, 2, 3]) }), {
    name: 'RangeError',
    message: "The score of channel 1 of 'conv1' is NaN; only finite scores can be ranked.",
  });
  assert.throws(() => makePlan(model, { percent: 0.5, importance: importance([1, 2]) }), {
    name: 'RangeError',
    message: "importance gave 2 scores for the 4 channels of 'conv1'; it must answer one number for each.",
  });
  model.dispose();
});

test('random importance depends on the seed only, and differs from layer to layer', () => {
  const model = eightConvNet({ inputSize: 4, widths: [16, 16, 16], seed: 1 });
  const other = eightConvNet({ inputSize: 4, widths: [16, 16, 16], seed: 2 });
  const plan = (net: tf.LayersModel, seed: number) =>
    makePlan(net, { percent: 0.5, importance: 'random', seed }).groups.map(({ scores: values }) => values);
  assert.deepEqual(plan(model, 5), plan(other, 5));
  assert.notDeepEqual(plan(model, 5), plan(model, 6));
  assert.notDeepEqual(plan(model, 5)[0], plan(model, 5)[1]);
  for (const value of plan(model, 5).flat()) assert.ok(value >= 0 && value < 1);
  model.dispose();
  other.dispose();
});

test('the only group of the eight-layer net that is protected is its output', () => {
  const model = eightConvNet({ inputSize: 2, widths: [2, 2, 2, 2, 2, 2, 2, 2] });
  const reasons = (pruneOutputs: boolean) =>
    findGroups(model, { pruneOutputs }).map(({ name, notCut }) => [name, notCut]);
  const free = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'conv6', 'conv7'].map((name) => [
    name,
    undefined,
  ]);
  assert.deepEqual(reasons(false), [
    ...free,
    ['conv8', 'conv8 is an output of the model (pruneOutputs: true cuts it, too)'],
  ]);
  assert.deepEqual(reasons(true), [...free, ['conv8', undefined]]);
  model.dispose();
});

test('findGroups names every weight that must lose the same channels', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [5, 5, 2], filters: 3, kernelSize: 3, name: 'a' }),
      tf.layers.leakyReLU(),
      tf.layers.conv2d({ filters: 2, kernelSize: 1, name: 'b' }),
    ],
  });
  const [group] = findGroups(model);
  assert.deepEqual(
    group.members.map(({ layer, weight, axis, role }) => `${layer}/${weight} axis ${axis} ${role}`),
    ['a/kernel axis 3 produces', 'a/bias axis 0 follows', 'b/kernel axis 2 reads'],
  );
  assert.deepEqual(group.members[2].indices, [[0], [1], [2]]);
  model.dispose();
});

test('a layer that is used twice ties what it reads to what it makes', () => {
  const input = tf.input({ shape: [6, 6, 2] });
  const twice = tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', name: 'twice' });
  const first = tf.layers.conv2d({ filters: 4, kernelSize: 3, name: 'first' }).apply(input);
  const output = tf.layers
    .conv2d({ filters: 3, kernelSize: 1, name: 'last' })
    .apply(twice.apply(twice.apply(first)));
  const model = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  const plan = makePlan(model, { percent: 0.5 });
  assert.deepEqual(
    plan.groups.map(({ layers, units, keep }) => [layers, units, keep.length]),
    [
      [['first', 'twice'], 4, 2],
      [['last'], 3, 3],
    ],
  );
  model.dispose();
});

test('a softmax over the channels protects the layer before it, and the report says why', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 4, kernelSize: 1, name: 'a' }),
      tf.layers.conv2d({ filters: 4, kernelSize: 1, activation: 'softmax', name: 'b' }),
      tf.layers.conv2d({ filters: 2, kernelSize: 1, name: 'c' }),
    ],
  });
  assert.equal(
    describePlan(makePlan(model, { percent: 0.5 })),
    [
      'percent 0.5, importance l1',
      '  a: 2 of 4 channels stay, 2 go (50.0 %)',
      '  b: all 4 channels stay, because b normalises over the channels (softmax)',
      '  c: all 2 channels stay, because c is an output of the model (pruneOutputs: true cuts it, too)',
      'achieved: 2 of 10 channels go (20.0 %)',
    ].join('\n'),
  );
  model.dispose();
});
