import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelNorms } from '../../src/plots/channelNorms';
import { cutCount, rank } from '../../src/pruning/rank';
import { numbers } from './allCharts';
import { rowsWhere, vegaView } from './vegaView';

/** Odd and even widths, one channel, and more channels than bars. */
for (const n of [1, 3, 10, 29, 32, 100, 512, 513, 1000, 4096]) {
  test(`${n} channels: the slider cuts as many as prune, for every percent from 0 to 0.99`, () => {
    const view = vegaView(channelNorms(numbers(n), { layer: 'conv1', percent: 0.5 }));
    for (let hundredth = 0; hundredth < 100; hundredth++) {
      const percent = hundredth / 100;
      view.signal('percent', percent).run();
      assert.equal(view.signal('cut'), cutCount(n, percent), `at ${percent}`);
      assert.equal(view.signal('label'), `cut ${cutCount(n, percent)} of ${n}`);
    }
    view.finalize();
  });
}

test('colours exactly the channels that prune cuts, ties by the lower channel first', () => {
  const norms = [3, 1, 2, 1, 2, 5, 2, 9, 1, 4];
  const spec = channelNorms(norms, { layer: 'conv1', percent: 0 });
  const view = vegaView(spec);
  for (let tenth = 0; tenth < 10; tenth++) {
    view.signal('percent', tenth / 10).run();
    const coloured = new Set(
      rowsWhere(spec, view, ({ state }) => state === 'cut').map(({ channel }) => channel),
    );
    const kept = new Set(
      rowsWhere(spec, view, ({ state }) => state === 'kept').map(({ channel }) => channel),
    );
    const { cut, keep } = rank(norms, cutCount(10, tenth / 10));
    assert.deepEqual([...coloured].sort(), cut);
    assert.deepEqual([...kept].sort(), keep);
  }
  view.finalize();
});

test('above 512 channels draws shared bars, of which the cut still colours the exact share', () => {
  const spec = channelNorms(numbers(1000), { layer: 'conv6', percent: 0.337 });
  const view = vegaView(spec);
  const width = (state: string) => {
    const pieces = rowsWhere(spec, view, (row) => row.state === state);
    return new Map(pieces.map(({ left, right }) => [left as number, (right as number) - (left as number)]));
  };
  const sum = (pieces: Map<number, number>) => [...pieces.values()].reduce((a, b) => a + b, 0);
  assert.equal(sum(width('cut')), 337);
  assert.equal(sum(width('kept')), 663);
  assert.ok(width('cut').size + width('kept').size <= 257, 'more bars than pixels');
  view.finalize();
});

test('keeps the mean of the norms when bars are shared', () => {
  const norms = numbers(2048).map(Math.abs);
  const { data } = channelNorms(norms, { layer: 'conv7', percent: 0 }) as unknown as {
    data: { values: { norm: number; from: number; to: number }[] };
  };
  const sum = data.values.reduce((total, { norm, from, to }) => total + norm * (to - from), 0);
  const expected = norms.reduce((total, norm) => total + norm, 0);
  assert.ok(Math.abs(sum - expected) < 1e-3 * expected, `${sum} against ${expected}`);
});

test('says in words how many channels are cut, and where', () => {
  assert.equal(
    channelNorms([4, 1, 3, 2], { layer: 'conv1', percent: 0.5 }).description,
    'Sorted L1 norms of the 4 output channels of conv1, from 1 to 4. At percent 0.5, 2 of 4 channels are cut, those with a norm of 2 or less. A slider changes percent.',
  );
});

test('draws a layer whose name would break a Vega expression', () => {
  const view = vegaView(channelNorms([1, 2], { layer: "it's \\ 'conv'\n1", percent: 0.5 }));
  assert.equal(view.signal('cut'), 1);
  view.finalize();
});

test('refuses an empty list, NaN and a percent of 1', () => {
  assert.throws(() => channelNorms([], { layer: 'conv1', percent: 0 }), {
    name: 'RangeError',
    message: 'Expected the norms of the channels of conv1 but found an empty list.',
  });
  assert.throws(() => channelNorms([1, Number.NaN], { layer: 'conv1', percent: 0 }), {
    name: 'RangeError',
    message: 'Expected finite norms for the channels of conv1 but found NaN or an infinite one.',
  });
  assert.throws(
    () => channelNorms([1], { layer: 'conv1', percent: 1 }),
    /^RangeError: percent must be a fraction/,
  );
});
