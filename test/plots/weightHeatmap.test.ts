import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from 'fast-png';
import { blockExtremes } from '../../src/plots/blockExtremes';
import { DIVERGING } from '../../src/plots/chart';
import { isPictureOnly } from '../../src/plots/isPictureOnly';
import { renderPng } from '../../src/plots/renderChart';
import { weightHeatmap } from '../../src/plots/weightHeatmap';
import { numbers } from './allCharts';
import { rowsWhere, vegaView } from './vegaView';

const cellsOf = (spec: ReturnType<typeof weightHeatmap>) => {
  const view = vegaView(spec);
  const rows = rowsWhere(spec, view, (row) => 'pair' in row);
  view.finalize();
  return rows;
};

test('puts every weight of a small kernel at its out channel, in channel and kernel position', () => {
  const [kh, kw, ins, outs] = [2, 3, 2, 4];
  const values = numbers(kh * kw * ins * outs);
  const cells = cellsOf(weightHeatmap(values, [kh, kw, ins, outs], { title: 'w' }));
  assert.equal(cells.length, values.length);
  for (const { out, in: channel, position, data } of cells as Record<string, number>[]) {
    const [h, w] = [Math.floor(position / kw), position % kw];
    const expected = values[((h * kw + w) * ins + channel) * outs + out];
    assert.ok(Math.abs(data - expected) <= 0.005 * Math.abs(expected), `${data} against ${expected}`);
  }
});

test('centres the colours on zero', () => {
  const json = JSON.stringify(weightHeatmap([0.1, -0.4, 0.2, 0.3], [2, 2], { title: 'w' }).layer);
  const [, domain] = /"domain":(\[-[^\]]*\])/.exec(json) ?? [];
  const limits: number[] = JSON.parse(domain);
  assert.deepEqual(limits, [-limits[4], -limits[3], 0, limits[3], limits[4]]);
  assert.equal(limits[4], Math.fround(0.4));
});

test('shows the weight of largest magnitude of every block of a large kernel, sign included', () => {
  const [positions, ins, outs] = [9, 100, 200];
  const values = numbers(positions * ins * outs);
  const table = blockExtremes(values, { positions, ins, outs }, { mostRows: 64, mostColumns: 288 });
  assert.ok(table.rows <= 64 && table.columns <= 288);
  const at = (pair: number, out: number) =>
    values[((pair % positions) * ins + Math.floor(pair / positions)) * outs + out];
  for (let row = 0; row < table.rows; row++) {
    for (let column = 0; column < table.columns; column++) {
      let extreme = 0;
      for (let out = row * table.outsPerRow; out < Math.min(outs, (row + 1) * table.outsPerRow); out++) {
        const end = Math.min(ins * positions, (column + 1) * table.pairsPerColumn);
        for (let pair = column * table.pairsPerColumn; pair < end; pair++) {
          if (Math.abs(at(pair, out)) > Math.abs(extreme)) extreme = at(pair, out);
        }
      }
      assert.equal(table.values[row * table.columns + column], extreme);
    }
  }
});

test('says the rule in the title when pixels stand for blocks', () => {
  const subtitleOf = (...shape: [number, number, number, number]) => {
    const spec = weightHeatmap(numbers(shape.reduce((a, b) => a * b)), shape, { title: 'w' });
    return (spec.title as { subtitle: string[] }).subtitle;
  };
  assert.deepEqual(subtitleOf(3, 3, 64, 128), ['all 73,728 weights']);
  assert.deepEqual(subtitleOf(3, 3, 128, 256), [
    '294,912 weights in 98,304 pixels',
    'each the weight of largest magnitude of 1 out channel × 3 kernel positions',
  ]);
  assert.deepEqual(subtitleOf(3, 3, 600, 300), [
    '1,620,000 weights in 45,000 pixels',
    'each the weight of largest magnitude of 2 out channels × 2 in channels',
  ]);
});

/** The picture inside the specification of a large layer. */
const pictureOf = (spec: ReturnType<typeof weightHeatmap>) => {
  const { layer } = spec as unknown as { layer: { mark: { url: string } }[] };
  const [, base64] = layer[0].mark.url.split('data:image/png;base64,');
  return decode(Buffer.from(base64, 'base64'));
};

test('draws a large kernel as one pixel a block, in the colours of the scale in 33 steps', () => {
  const values = numbers(9 * 600 * 300, 0.2);
  const axes = { positions: 9, ins: 600, outs: 300 };
  const spec = weightHeatmap(values, [3, 3, 600, 300], { title: 'w' });
  const { width, height, data, palette = [] } = pictureOf(spec);
  const table = blockExtremes(values, axes, { mostRows: 256, mostColumns: 576 });
  assert.deepEqual([height, width], [table.rows, table.columns]);
  const limit = table.values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  table.values.forEach((value, i) => {
    assert.ok(Math.abs(data[i] / 16 - 1 - value / limit) <= 1 / 32 + 1e-9, `${data[i]} for ${value}`);
  });
  const scale = require('vega').scale('linear')();
  scale.domain([0, 8, 16, 24, 32]).range(DIVERGING);
  const expected = palette.map((_, level) => scale(level).match(/\d+/g).map(Number));
  assert.deepEqual(palette, expected);
});

test('a single extreme weight of a million has the colour of the end of the scale', () => {
  const values = numbers(9 * 300 * 400, 0.1);
  values[(4 * 300 + 123) * 400 + 321] = -5;
  const { width, data } = pictureOf(weightHeatmap(values, [3, 3, 300, 400], { title: 'w' }));
  const places = Array.from(data, (level, i) => (level === 0 ? i : -1)).filter((i) => i >= 0);
  assert.deepEqual(places, [Math.floor(321 / 2) * width + 123]);
});

test('the pixels of a large kernel have sharp edges in the picture', async () => {
  const signs = numbers(9 * 64 * 128).map((value) => (value < 0 ? -1 : 1));
  const spec = weightHeatmap(signs, [3, 3, 64, 128], { title: 'w' });
  const { data, channels, palette } = decode((await renderPng(spec)).png);
  const ends = new Set([DIVERGING[0], DIVERGING[4]]);
  let pure = 0;
  for (let at = 0; at < data.length; at += channels) {
    const colour = palette ? palette[data[at]] : Array.from(data.subarray(at, at + 3));
    if (ends.has(`#${Buffer.from(colour.slice(0, 3)).toString('hex')}`)) pure++;
  }
  const { width, height } = spec as unknown as { width: number; height: number };
  assert.ok(pure >= width * height * 1.5 ** 2 * 0.999, `${pure} pixels of ${width * height * 2.25}`);
});

test('a large heatmap says that a live chart adds nothing to its picture; a small one has tooltips', () => {
  assert.ok(isPictureOnly(weightHeatmap(numbers(9 * 64 * 128), [3, 3, 64, 128], { title: 'w' })));
  assert.ok(!isPictureOnly(weightHeatmap(numbers(9 * 32 * 64), [3, 3, 32, 64], { title: 'w' })));
  // Columns thinner than a pixel would hide each other.
  assert.ok(isPictureOnly(weightHeatmap(numbers(15680), [1568, 10], { title: 'w' })));
});

test('beside blocks, the marks are as long as the share of the channels that is cut', () => {
  const spec = weightHeatmap(numbers(9 * 10 * 600), [3, 3, 10, 600], { title: 'w', cut: [0, 1, 5] });
  const { layer } = spec as unknown as {
    layer: { data: { values: { state: string; out: number; from: number; to: number; count: number }[] } }[];
  };
  const bars = layer[2].data.values;
  const cut = bars.filter(({ state }) => state === 'cut (3)');
  const full = 90 * 0.018;
  assert.deepEqual(
    cut.map(({ out, from, to, count }) => [out, count, Math.round((3 * (to - from)) / full)]),
    [
      [0, 2, 2],
      [3, 1, 1],
    ],
  );
  assert.equal(bars.filter(({ state }) => state === 'kept (597)').length, 200);
});

test('refuses NaN and infinite weights', () => {
  for (const value of [Number.NaN, Infinity]) {
    assert.throws(() => weightHeatmap([0, value], [1, 2], { title: 'w' }), {
      name: 'RangeError',
      message: 'Expected finite weights but found NaN or an infinite one.',
    });
  }
});

test('marks exactly the cut channels', () => {
  const spec = weightHeatmap(numbers(9 * 3 * 8), [3, 3, 3, 8], { title: 'w', cut: [6, 1] });
  const { layer } = spec as unknown as { layer: { data: { values: { out: number; end: number }[] } }[] };
  assert.deepEqual(
    layer[1].data.values.map(({ out, end }) => [out, end]),
    [
      [1, 2],
      [6, 7],
    ],
  );
  assert.match(spec.description, / 2 out channels are marked as cut\.$/);
});

test('refuses a shape that does not hold the values, and a cut channel that does not exist', () => {
  assert.throws(() => weightHeatmap([1, 2, 3], [1, 2], { title: 'w' }), {
    name: 'RangeError',
    message: 'Expected a kernel shape such as [kh, kw, in, out] that holds 3 numbers but found [1, 2].',
  });
  assert.throws(() => weightHeatmap([1, 2], [1, 2], { title: 'fc1', cut: [2] }), {
    name: 'RangeError',
    message: 'Expected cut to name out channels 0 to 1 but found 2 in fc1.',
  });
});
