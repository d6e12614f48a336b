import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleWeights } from '../../src/plots/sampleWeights';
import { weightScatter3d } from '../../src/plots/weightScatter3d';
import { weightScatterStill } from '../../src/plots/weightScatterStill';
import { numbers } from './allCharts';

interface Trace {
  x: number[];
  y: number[];
  z: number[];
  marker: { color: number[]; cmin: number; cmax: number };
}

test('places every weight of conv1 at its out channel, in channel and kernel position', () => {
  const values = numbers(3 * 3 * 3 * 32);
  const figure = weightScatter3d(values, [3, 3, 3, 32], { title: 'conv1.weight' });
  const { x, y, z, marker } = figure.data[0] as unknown as Trace;
  assert.equal(x.length, 864);
  for (let i = 0; i < 864; i++) {
    const expected = values[(z[i] * 3 + y[i]) * 32 + x[i]];
    assert.ok(Math.abs(marker.color[i] - expected) <= 0.0005 * Math.abs(expected));
  }
  assert.equal(new Set(x.map((_, i) => `${x[i]},${y[i]},${z[i]}`)).size, 864);
  assert.deepEqual([Math.min(...z), Math.max(...z)], [0, 8]);
  assert.equal(marker.cmin, -marker.cmax);
  assert.equal(marker.cmax, Math.max(...marker.color.map(Math.abs)));
});

test('samples a large layer by channels, with all kernel positions, and says how', () => {
  const { points, rule } = sampleWeights(numbers(9 * 64 * 128), [3, 3, 64, 128]);
  assert.equal(rule, '2,304 of 73,728 weights: every 8th out channel, every 4th in channel');
  assert.equal(points.length, 2304);
  assert.ok(points.every((point) => point.out % 8 === 0 && point.in % 4 === 0));
  assert.equal(new Set(points.map(({ position }) => position)).size, 9);
});

test('the still shows the same number of dots in the same colours as the live figure', () => {
  const values = numbers(9 * 5 * 7);
  const figure = weightScatter3d(values, [3, 3, 5, 7], { title: 'w' });
  const still = weightScatterStill(values, [3, 3, 5, 7], { title: 'w' });
  const { layer } = still as unknown as { layer: { data: { values: { w: number }[] } }[] };
  const ascending = (a: number, b: number) => a - b;
  assert.deepEqual(
    layer[1].data.values.map(({ w }) => w).sort(ascending),
    [...(figure.data[0] as unknown as Trace).marker.color].sort(ascending),
  );
  assert.equal(still.description, figure.description);
});

test('draws a layer of one in channel, one out channel and one position', () => {
  const still = weightScatterStill([0], [1, 1], { title: 'w' });
  assert.ok(!JSON.stringify(still).includes('null,"v"'), 'NaN coordinates');
  const figure = weightScatter3d([0], [1, 1], { title: 'w' });
  assert.equal((figure.data[0] as unknown as Trace).marker.cmax, 1);
});

test('a title with tags reaches Plotly as text', () => {
  const { layout } = weightScatter3d([1], [1, 1], { title: '<b>&' });
  assert.deepEqual(layout.title, { text: '&lt;b&gt;&amp;<br><sup>all 1 weights</sup>' });
});
