import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterHeatmaps } from '../../src/plots/filterHeatmaps';
import { numbers } from './allCharts';
import { rowsWhere, vegaView } from './vegaView';

interface Cell {
  out: number;
  in: number;
  row: number;
  column: number;
  data: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const cellsOf = (spec: ReturnType<typeof filterHeatmaps>): Cell[] => {
  const view = vegaView(spec);
  const rows = rowsWhere(spec, view, (row) => 'tile' in row);
  view.finalize();
  return rows as unknown as Cell[];
};
const subtitleOf = (spec: ReturnType<typeof filterHeatmaps>) =>
  (spec.title as { subtitle: string[] }).subtitle;

test('draws every weight of the kernels at its row and column', () => {
  const [kh, kw, ins, outs] = [2, 3, 3, 20];
  const values = numbers(kh * kw * ins * outs);
  const cells = cellsOf(filterHeatmaps(values, [kh, kw, ins, outs], { title: 'w' }));
  assert.equal(
    new Set(cells.map((cell) => [cell.out, cell.in, cell.row, cell.column].join())).size,
    values.length,
  );
  for (const { out, in: channel, row, column, data } of cells) {
    const expected = values[((row * kw + column) * ins + channel) * outs + out];
    assert.ok(Math.abs(data - expected) <= 0.005 * Math.abs(expected), `${data} against ${expected}`);
  }
});

test('no two weights lie on each other, and none outside of the chart', () => {
  for (const shape of [
    [3, 3, 1, 32],
    [3, 3, 3, 32],
    [7, 5, 40, 2],
    [1, 1, 8, 8],
    [4, 6],
  ]) {
    const spec = filterHeatmaps(numbers(shape.reduce((a, b) => a * b)), shape, { title: 'w' });
    const { width, height } = spec as unknown as { width: number; height: number };
    const cells = cellsOf(spec);
    for (const { right, bottom } of cells) assert.ok(right <= width + 1e-6 && bottom <= height + 1e-6);
    assert.ok(width <= 560, `${width} pixels wide`);
    const places = new Set(cells.map(({ left, top }) => `${left.toFixed(3)},${top.toFixed(3)}`));
    assert.equal(places.size, cells.length);
    const [{ left, right }] = cells;
    // Pixels of the picture, which is 1.5 times as large, are whole: so all cells are equally large.
    assert.ok(Math.abs(((right - left) * 1.5) % 1) < 1e-9);
  }
});

test('of many in channels it takes those with the largest L1 norm over the filters shown, and says so', () => {
  const [ins, outs] = [100, 40];
  const values = numbers(9 * ins * outs);
  const filters = [30, 7];
  const spec = filterHeatmaps(values, [3, 3, ins, outs], { title: 'conv4', filters, most: 20 });
  const norm = (channel: number) => {
    let sum = 0;
    for (const out of filters) {
      for (let position = 0; position < 9; position++)
        sum += Math.abs(values[(position * ins + channel) * outs + out]);
    }
    return sum;
  };
  const slow = Array.from({ length: ins }, (_, i) => i)
    .sort((a, b) => norm(b) - norm(a))
    .slice(0, 10);
  const cells = cellsOf(spec);
  assert.deepEqual([...new Set(cells.map((cell) => cell.in))].sort(), slow.sort());
  assert.deepEqual(
    [...new Set(cells.map(({ out }) => out))].sort((a, b) => a - b),
    [7, 30],
  );
  assert.deepEqual(subtitleOf(spec), [
    '20 kernels of 3 × 3: 2 of 40 out channels, 10 of 100 in channels',
    'the 10 in channels with the largest L1 norm over these filters',
  ]);
});

test('shows all filters of a first layer, and the first eight of a large one', () => {
  const shown = (ins: number, outs: number) =>
    subtitleOf(filterHeatmaps(numbers(9 * ins * outs), [3, 3, ins, outs], { title: 'w' }))[0];
  assert.equal(shown(1, 32), '32 kernels of 3 × 3: all 32 out channels, the only in channel');
  assert.equal(shown(3, 32), '96 kernels of 3 × 3: all 32 out channels, all 3 in channels');
  assert.equal(shown(200, 300), '128 kernels of 3 × 3: 8 of 300 out channels, 16 of 200 in channels');
  assert.equal(shown(1, 1), '1 kernel of 3 × 3: the only out channel, the only in channel');
});

test('all kernels share one colour scale, centred on zero', () => {
  const spec = filterHeatmaps([0.1, -0.4, 0.2, 0.3], [2, 2], { title: 'w' });
  const { layer } = spec as unknown as { layer: { encoding: { color: { scale: { domain: number[] } } } }[] };
  assert.deepEqual(layer[0].encoding.color.scale.domain, [-0.4, -0.2, 0, 0.2, 0.4]);
});

test('refuses filters and numbers of kernels that cannot be drawn, and says what it found', () => {
  const refusal = (options: { filters?: number[]; most?: number }, values = numbers(9 * 4)) => {
    try {
      filterHeatmaps(values, [3, 3, 1, 4], { title: 'w', ...options });
    } catch (error) {
      return String(error);
    }
    return 'no error';
  };
  assert.equal(
    refusal({ filters: [4] }),
    'RangeError: Expected filters to name out channels 0 to 3 but found 4.',
  );
  for (const filters of [[], [1, 1], [0, 1, 2]]) {
    assert.equal(
      refusal({ filters, most: 2 }),
      `RangeError: Expected filters to name 1 to 2 different out channels but found [${filters.join(', ')}].`,
    );
  }
  assert.equal(refusal({ most: 0 }), 'RangeError: Expected most to be a positive integer but found 0.');
  assert.equal(
    refusal(
      {},
      Float32Array.from({ length: 36 }, () => Number.NaN),
    ),
    'RangeError: Expected finite weights but found NaN or an infinite one.',
  );
});
