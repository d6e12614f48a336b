import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latencyBars } from '../../src/plots/latencyBars';
import { sweepCurve } from '../../src/plots/sweepCurve';
import { widthsBeforeAfter } from '../../src/plots/widthsBeforeAfter';

test('the sweep draws the measured points and the curve (1 - percent)^2', () => {
  const spec = sweepCurve([{ percent: 0.3, left: 0.4901 }]);
  const { layer } = spec as unknown as { layer: { data: { values: { percent: number; left: number }[] } }[] };
  const [theory, measured] = layer.map(({ data }) => data.values);
  for (const { percent, left } of theory) assert.ok(Math.abs(left - (1 - percent) ** 2) < 1e-4);
  assert.deepEqual(
    measured.map(({ percent, left }) => [percent, left]),
    [[0.3, 0.4901]],
  );
  assert.equal(
    spec.description,
    'Parameters left against percent: 49 % at 0.3. The points stay within 0.01 percentage points of the curve (1 - percent) squared.',
  );
  assert.throws(
    () => sweepCurve([]),
    /^RangeError: Expected at least one point of the sweep but found none\.$/,
  );
});

test('widths use a linear axis from zero, and a logarithmic one from a factor of 1000', () => {
  const scaleOf = (before: number) => {
    const spec = widthsBeforeAfter([
      { layer: 'a', before: 10, after: 1 },
      { layer: 'b', before, after: 2 },
    ]);
    const { encoding } = spec as unknown as { encoding: { y: { scale: object; title: string } } };
    return [encoding.y.scale, encoding.y.title];
  };
  assert.deepEqual(scaleOf(999), [{ zero: true }, 'output channels']);
  assert.deepEqual(scaleOf(1000), [
    { type: 'log', domain: [0.1, 1000] },
    'output channels (logarithmic axis)',
  ]);
  assert.throws(
    () => widthsBeforeAfter([]),
    /^RangeError: Expected at least one layer to draw but found none\.$/,
  );
});

test('the smallest bar on a logarithmic axis has a height', () => {
  const spec = widthsBeforeAfter([{ layer: 'a', before: 1000, after: 1 }]);
  const { encoding } = spec as unknown as { encoding: { y: { scale: { domain: number[] } } } };
  assert.ok(encoding.y.scale.domain[0] < 1);
});

test('latency says medians, spread and the factor in words', () => {
  assert.equal(
    latencyBars({ median: 740, min: 712.4, max: 801 }, { median: 185, min: 170, max: 199 }).description,
    'Inference time: median 740 ms (712 to 801) before and 185 ms (170 to 199) after pruning, 4 times as fast.',
  );
});
