import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { digitsNet } from '../../src/nets/digitsNet';
import { eightConvNet, ORIGINAL_WIDTHS } from '../../src/nets/eightConvNet';
import type { ChannelGroup, GroupMember } from '../../src/pruning/findGroups';
import { prune } from '../../src/pruning/prune';
import { cutCount } from '../../src/pruning/rank';
import { compare } from '../../src/report/compare';
import { costAt } from '../../src/report/costAt';
import { type CostGroup, groupsCost, type PruneCost, pruneCost } from '../../src/report/pruneCost';
import { ENGINE } from '../engines';
import { randomNet } from '../pruning/randomNet';

before(() => useBackend(ENGINE));

/** What `prune` keeps. */
const keptAt =
  (percent: number) =>
  ({ units, notCut }: CostGroup): number =>
    notCut ? units : units - cutCount(units, percent);

/** Two convolutions with bias, valid padding and stride, on a channelsFirst picture. */
function biased(): tf.LayersModel {
  const dataFormat = 'channelsFirst';
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'a', filters: 7, kernelSize: 3, dataFormat, inputShape: [2, 9, 8] }),
      tf.layers.conv2d({ name: 'b', filters: 5, kernelSize: [2, 3], strides: 2, dataFormat }),
      tf.layers.conv2d({ name: 'c', filters: 3, kernelSize: 1, dataFormat, useBias: false }),
    ],
  });
}

/** A convolution that reads its own output: its channels count squared. */
function usedTwice(): tf.LayersModel {
  const input = tf.input({ shape: [6, 6, 1] });
  const first = tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: 3 }).apply(input) as tf.SymbolicTensor;
  const twice = tf.layers.conv2d({ name: 'twice', filters: 4, kernelSize: 3, padding: 'same' });
  return tf.model({ inputs: input, outputs: twice.apply(twice.apply(first)) as tf.SymbolicTensor });
}

const NETS: Record<string, () => tf.LayersModel> = {
  'convolutions with bias': biased,
  'a layer that is used twice': usedTwice,
  'the digits net': () => digitsNet(),
  'eight narrow layers': () => eightConvNet({ inputSize: 4, widths: [1, 2, 3, 5, 8, 13, 21, 34] }),
};

for (const [name, build] of Object.entries(NETS)) {
  for (const pruneOutputs of [false, true]) {
    test(`${name}, pruneOutputs ${pruneOutputs}: the terms give what prune leaves, for every percent`, () => {
      const model = build();
      const cost = pruneCost(model, { pruneOutputs });
      for (let hundredth = 0; hundredth < 100; hundredth++) {
        const percent = hundredth / 100;
        const small = prune(model, { percent, pruneOutputs });
        const { parameters, multiplyAdds } = compare(model, small);
        const expected = { parameters: parameters.after, multiplyAdds: multiplyAdds.after };
        assert.deepEqual(costAt(cost, keptAt(percent)), expected, `at ${percent}`);
        small.dispose();
      }
      model.dispose();
    });
  }
}

test('on random nets the terms give what prune leaves, or an error says why there are none', () => {
  let counted = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { model, inputs, percent, pruneOutputs } = randomNet(seed);
    const small = prune(model, { percent, pruneOutputs });
    const { parameters, multiplyAdds } = compare(model, small);
    const cost = costOrError(model, pruneOutputs);
    if (cost instanceof Error) {
      assert.match(cost.message, /^Expected each channel of the group '.+' to have as many indices of /);
    } else {
      counted++;
      assert.deepEqual(
        costAt(cost, keptAt(percent)),
        { parameters: parameters.after, multiplyAdds: multiplyAdds.after },
        `seed ${seed}`,
      );
    }
    model.dispose();
    small.dispose();
    tf.dispose(inputs);
  }
  assert.ok(counted >= 40, `${counted} of 60`);
});

function costOrError(model: tf.LayersModel, pruneOutputs: boolean): PruneCost | Error {
  try {
    return pruneCost(model, { pruneOutputs });
  } catch (error) {
    return error as Error;
  }
}

test('names the terms as one would by hand', () => {
  const model = biased();
  assert.deepEqual(pruneCost(model), {
    groups: [
      { name: 'a', layers: ['a'], units: 7 },
      { name: 'b', layers: ['b'], units: 5 },
      {
        name: 'c',
        layers: ['c'],
        units: 3,
        notCut: 'c is an output of the model (pruneOutputs: true cuts it, too)',
      },
    ],
    parameters: [
      { factor: 3 * 3 * 2 + 1, groups: ['a'] },
      { factor: 2 * 3, groups: ['a', 'b'] },
      { factor: 1, groups: ['b'] },
      { factor: 1, groups: ['b', 'c'] },
    ],
    multiplyAdds: [
      { factor: 3 * 3 * 2 * (7 * 6), groups: ['a'] },
      { factor: 2 * 3 * (3 * 2), groups: ['a', 'b'] },
      { factor: 3 * 2, groups: ['b', 'c'] },
    ],
  });
  model.dispose();
});

test('the original net: 100,658,016 parameters, 25,164,720 at percent 0.5, the sums of its widths at any', () => {
  const model = eightConvNet({ inputSize: 32 });
  const cost = pruneCost(model, { pruneOutputs: true });
  assert.equal(costAt(cost, keptAt(0)).parameters, 100_658_016);
  assert.equal(costAt(cost, keptAt(0.5)).parameters, 25_164_720);
  assert.equal(costAt(pruneCost(model), keptAt(0.5)).parameters, 44_039_088);
  for (let hundredth = 0; hundredth < 100; hundredth++) {
    const widths = ORIGINAL_WIDTHS.map((n) => n - Math.min(n - 1, Math.floor((n * hundredth) / 100)));
    const parameters = widths.reduce((sum, n, i) => sum + 9 * n * (i === 0 ? 3 : widths[i - 1]), 0);
    assert.deepEqual(costAt(cost, keptAt(hundredth / 100)), { parameters, multiplyAdds: 1024 * parameters });
  }
  model.dispose();
});

test('a net without a fixed input size has parameters, and says why no multiply-adds', () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ name: 'a', filters: 2, kernelSize: 3, inputShape: [null, null, 1] })],
  });
  const { multiplyAdds, notCounted } = pruneCost(model);
  assert.equal(multiplyAdds, null);
  assert.match(notCounted ?? '', /^The multiply-adds of the layer 'a' cannot be counted: its output shape /);
  assert.deepEqual(costAt(pruneCost(model), keptAt(0)), { parameters: 20, multiplyAdds: null });
  model.dispose();
});

/** A 1x1 convolution from 5 to 5 channels with batch normalisation behind it, whose channels are grouped by hand. */
function byHand(units: Record<string, Partial<Record<'reads' | 'produces' | 'follows', number[][]>>>) {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'a', filters: 5, kernelSize: 1, useBias: false, inputShape: [2, 2, 5] }),
      tf.layers.batchNormalization({ name: 'norm' }),
    ],
  });
  const places = {
    reads: [['a', 'kernel', 2]],
    produces: [['a', 'kernel', 3]],
    follows: [
      ['norm', 'gamma', 0],
      ['norm', 'moving_mean', 0],
    ],
  } as const;
  const groups = Object.entries(units).map(([name, roles]): ChannelGroup => {
    const members = Object.entries(roles).flatMap(([role, indices]) =>
      places[role as keyof typeof places].map(
        ([layer, weight, axis]): GroupMember => ({
          ...{ layer, weight, axis, indices },
          role: role as GroupMember['role'],
        }),
      ),
    );
    return { name, units: Object.values(roles)[0].length, members, sizes: [] };
  });
  try {
    return groupsCost(model, groups);
  } finally {
    model.dispose();
  }
}

test('axes that several groups share, or that only in part belong to one, are sums', () => {
  const { parameters, multiplyAdds } = byHand({
    x: {
      produces: [[0], [1]],
      reads: [
        [0, 1],
        [2, 3],
      ],
      follows: [[0], [1]],
    },
    y: { produces: [[2], [3], [4]] },
  });
  assert.deepEqual(multiplyAdds, [
    { factor: 2 * 4, groups: ['x', 'x'] },
    { factor: 2 * 4, groups: ['x', 'y'] },
    { factor: 4, groups: ['x'] },
    { factor: 4, groups: ['y'] },
  ]);
  // gamma follows x and has three channels besides; beta has five; moving mean and variance do not count
  assert.deepEqual(parameters, [
    { factor: 2, groups: ['x', 'x'] },
    { factor: 2, groups: ['x', 'y'] },
    { factor: 1 + 1, groups: ['x'] },
    { factor: 1, groups: ['y'] },
    { factor: 3 + 5, groups: [] },
  ]);
});

test('the order of the groups makes no second term', () => {
  const half = [[0], [1]];
  const { multiplyAdds } = byHand({
    x: { produces: half, reads: half },
    y: { produces: [[2], [3], [4]], reads: [[2], [3], [4]] },
  });
  assert.deepEqual(
    multiplyAdds?.map(({ factor, groups }) => [factor, ...[...groups].sort()]),
    [
      [4, 'x', 'x'],
      [4 + 4, 'x', 'y'],
      [4, 'y', 'y'],
    ],
  );
});

test('channels of different size in one group are an error, because the cost depends on which go', () => {
  assert.throws(() => byHand({ x: { produces: [[0, 1], [2]] } }), {
    name: 'RangeError',
    message:
      "Expected each channel of the group 'x' to have as many indices of a.kernel as the others, but they have from 1 to 2.",
  });
});
