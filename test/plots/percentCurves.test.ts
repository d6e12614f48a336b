import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentCurves } from '../../src/plots/percentCurves';

const points = [
  { percent: 0, share: 1 },
  { percent: 0.5, share: 0.25 },
];

test('percentCurves says all shares in words, with the band where there is one', () => {
  const banded = { name: 'random', points: [{ percent: 0.3, share: 0.41666, low: 0.1, high: 0.75 }] };
  const spec = percentCurves([{ name: 'L1', points }, banded], { title: 'Accuracy', y: 'digits (%)' });
  assert.equal(
    spec.description,
    'Accuracy, against percent: L1 100 % at 0, 25 % at 0.5; random 41.7 % (10 % to 75 %) at 0.3.',
  );
  assert.deepEqual((spec.data as { values: object[] }).values, [
    { curve: 'L1', percent: 0, share: 1, low: 1, high: 1 },
    { curve: 'L1', percent: 0.5, share: 0.25, low: 0.25, high: 0.25 },
    { curve: 'random', percent: 0.3, share: 0.4167, low: 0.1, high: 0.75 },
  ]);
});

test('percentCurves gives every curve a colour, a dash and a symbol of its own', () => {
  const curves = ['a', 'b', 'c'].map((name) => ({ name, points }));
  const { layer } = percentCurves(curves, { title: 'All', y: 'left' }) as unknown as {
    layer: { encoding: Record<string, { scale: { domain: string[]; range: unknown[] } }> }[];
  };
  const scales = [layer[1].encoding.color, layer[1].encoding.strokeDash, layer[2].encoding.shape];
  for (const { scale } of scales) {
    assert.deepEqual(scale.domain, ['a', 'b', 'c']);
    assert.equal(new Set(scale.range.map(String)).size, 3);
  }
});

test('percentCurves refuses no curve, four curves, and a curve without points', () => {
  const draw = (names: string[], list = points) =>
    percentCurves(
      names.map((name) => ({ name, points: list })),
      { title: 'All', y: 'left' },
    );
  assert.throws(() => draw([]), /^RangeError: Expected one to 3 curves but found 0\.$/);
  assert.throws(() => draw(['a', 'b', 'c', 'd']), /^RangeError: Expected one to 3 curves but found 4\.$/);
  assert.throws(() => draw(['a'], []), /^RangeError: Expected points of the curve 'a' but found none\.$/);
});
