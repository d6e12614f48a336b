import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockExtremes } from '../../src/plots/blockExtremes';
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

test('says the rule in the title when cells stand for blocks', () => {
  const { title } = weightHeatmap(numbers(9 * 64 * 128), [3, 3, 64, 128], { title: 'conv3.weight' });
  assert.deepEqual(title, {
    text: 'conv3.weight',
    subtitle:
      '73,728 weights in 4,096 cells: each the weight of largest magnitude of 2 out channels × 1 in channels',
  });
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
