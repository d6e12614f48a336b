import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { describePlan } from '../../src/pruning/describePlan';
import { makePlan, type PruneOptions } from '../../src/pruning/makePlan';
import { prune } from '../../src/pruning/prune';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

const dense = (name: string, units: number, inputShape?: number[]) =>
  tf.layers.dense({ name, units, inputShape });

/** a and b are tied, c follows; d and e lie in the nested model 'inner'; f is the output. */
function tied(): tf.LayersModel {
  const input = tf.input({ shape: [3] });
  const [a, b] = [dense('a', 6), dense('b', 6)].map((layer) => layer.apply(input) as tf.SymbolicTensor);
  const sum = tf.layers.add().apply([a, b]);
  const c = dense('c', 10).apply(sum) as tf.SymbolicTensor;
  const inner = tf.sequential({ name: 'inner', layers: [dense('d', 8, [10]), dense('e', 4)] });
  const output = dense('f', 2).apply(inner.apply(c)) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}

const cuts = (options: PruneOptions) =>
  Object.fromEntries(makePlan(tied(), options).groups.map(({ name, cut }) => [name, cut.length]));

test('percentByLayer gives layers other shares, tied ones as one', () => {
  const percentByLayer = { b: 0.5, c: 0.2, 'inner/e': 0.75 };
  const options = { percent: 0, percentByLayer };
  assert.deepEqual(cuts(options), { a: 3, c: 2, 'inner/d': 0, 'inner/e': 3, f: 0 });
  assert.deepEqual(cuts({ percent: 0.5, percentByLayer }), { a: 3, c: 2, 'inner/d': 4, 'inner/e': 3, f: 0 });
  assert.equal(cuts({ percent: 0.2, percentByLayer: { a: 0.5, b: 0.5 } }).a, 3);
  const model = prune(tied(), options);
  assert.deepEqual(
    model.getWeights().map(({ shape }) => shape),
    [[3, 3], [3], [3, 3], [3], [3, 8], [8], [8, 8], [8], [8, 1], [1], [1, 2], [2]],
  );
});

test('ignore leaves layers alone, with what is tied to them, or a whole nested model', () => {
  assert.deepEqual(cuts({ percent: 0.5, ignore: ['b', 'inner'] }), {
    a: 0,
    c: 5,
    'inner/d': 0,
    'inner/e': 0,
    f: 0,
  });
  const { groups } = makePlan(tied(), { percent: 0.5, ignore: ['b'] });
  assert.equal(groups[0].notCut, 'b is to stay as it is (ignore)');
});

for (const [options, message] of [
  [
    { percent: 0.5, ignore: ['bb'] },
    "ignore names 'bb', but no layer of that name makes channels. Those that do: a, b, c, inner/d, inner/e, f.",
  ],
  [
    { percent: 0.5, percentByLayer: { add: 0.5 } },
    "percentByLayer names 'add', but no layer of that name makes channels. Those that do: a, b, c, inner/d, inner/e, f.",
  ],
  [
    { percent: 0.5, percentByLayer: { a: 0.5, b: 0.3 } },
    "percentByLayer has 0.5 for 'a' and 0.3 for 'b', but their channels can only be cut together: name one of " +
      'them, or give both the same.',
  ],
  [
    { percent: 0, percentByLayer: { a: 1 } },
    'percent must be a fraction, 0 <= percent < 1: the share of the channels to cut. It is 1.',
  ],
] as [PruneOptions, string][]) {
  test(`options that do not fit: ${message.slice(0, 40)}...`, () => {
    assert.throws(() => makePlan(tied(), options), { name: 'RangeError', message });
  });
}

test('describePlan tells what is cut together and what is left alone', () => {
  const plan = makePlan(tied(), { percent: 0, percentByLayer: { a: 0.5, c: 0.2 }, ignore: ['inner/e'] });
  assert.equal(
    describePlan(plan),
    [
      'percent 0, a 0.5, c 0.2, importance l1',
      '  a + b, cut together: 3 of 6 channels stay, 3 go (50.0 %)',
      '  c: 8 of 10 channels stay, 2 go (20.0 %)',
      '  inner/d: 8 of 8 channels stay, 0 go (0.0 %)',
      '  inner/e: all 4 channels stay, because inner/e is to stay as it is (ignore)',
      '  f: all 2 channels stay, because f is an output of the model (pruneOutputs: true cuts it, too)',
      'achieved: 5 of 30 channels go (16.7 %)',
    ].join('\n'),
  );
});
