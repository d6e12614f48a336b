import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleWeights } from '../../src/plots/sampleWeights';
import { strongest } from '../../src/plots/strongest';
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
  assert.equal(
    rule,
    '2,352 of 73,728 weights: every 8th out channel, every 4th in channel, and the 50 of largest magnitude',
  );
  assert.equal(points.length, 2352);
  const regular = points.filter((point) => point.out % 8 === 0 && point.in % 4 === 0);
  assert.equal(regular.length, 2304);
  assert.equal(new Set(regular.map(({ position }) => position)).size, 9);
});

test('the sample holds the 50 weights of largest magnitude, as a slow search finds them', () => {
  const values = numbers(9 * 64 * 128);
  const { points } = sampleWeights(values, [3, 3, 64, 128]);
  const shown = new Set(points.map((point) => (point.position * 64 + point.in) * 128 + point.out));
  const slow = [...values.keys()].sort((a, b) => Math.abs(values[b]) - Math.abs(values[a])).slice(0, 50);
  assert.deepEqual(strongest(values, 50), slow);
  assert.ok(slow.every((place) => shown.has(place)));
  for (const { out, in: channel, position, value } of points) {
    const expected = values[(position * 64 + channel) * 128 + out];
    assert.ok(Math.abs(value - expected) <= 0.0005 * Math.abs(expected));
  }
});

test('one extreme weight between the sampled channels sets the colours and is named', () => {
  const values = numbers(9 * 64 * 128, 0.1);
  values[(7 * 64 + 33) * 128 + 101] = -3;
  const { data, description, layout } = weightScatter3d(values, [3, 3, 64, 128], { title: 'conv3' });
  const { marker } = data[0] as unknown as Trace;
  assert.deepEqual([marker.cmin, marker.cmax], [-3, 3]);
  assert.match(description, /magnitude is -3 at out channel 101, in channel 33, kernel position 7\.$/);
  assert.match(
    (layout.title as { subtitle: { text: string } }).subtitle.text,
    /^2,35\d of 73,728 weights<br>every 8th out channel, every 4th in channel, and the 50 of largest magnitude$/,
  );
});

test('refuses NaN and infinite weights, also where the sample would not show them', () => {
  for (const value of [Number.NaN, -Infinity]) {
    const values = numbers(9 * 64 * 128);
    values[129] = value;
    assert.throws(() => weightScatter3d(values, [3, 3, 64, 128], { title: 'w' }), {
      name: 'RangeError',
      message: 'Expected finite weights but found NaN or an infinite one.',
    });
  }
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
  const { text, subtitle } = layout.title as { text: string; subtitle: { text: string } };
  assert.deepEqual([text, subtitle.text], ['&lt;b&gt;&amp;', 'all 1 weight']);
});
