import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project } from '../../src/plots/box3d';
import { isPictureOnly } from '../../src/plots/isPictureOnly';
import { normSurface3d } from '../../src/plots/normSurface3d';
import { normSurfaceStill } from '../../src/plots/normSurfaceStill';
import { numbers } from './allCharts';

interface Surface {
  x: number[];
  y: number[];
  z: number[][];
  hovertemplate: string;
}

const surfaceOf = (values: ArrayLike<number>, shape: number[]) => {
  const figure = normSurface3d(values, shape, { title: 'conv' });
  const { text, subtitle } = figure.layout.title as { text: string; subtitle: { text: string } };
  assert.equal(text, 'conv');
  return { ...figure, text: subtitle.text, trace: figure.data[0] as unknown as Surface };
};

/** The slow, obvious norm of one kernel. */
function normOf(
  values: ArrayLike<number>,
  [kh, kw, ins, outs]: number[],
  channel: number,
  out: number,
): number {
  let sum = 0;
  for (let position = 0; position < kh * kw; position++) {
    sum += Math.abs(values[(position * ins + channel) * outs + out]);
  }
  return sum;
}

test('the height is the sum of |w| over the kernel positions, at out channel x and in channel y', () => {
  const shape = [3, 3, 5, 7];
  const values = numbers(9 * 5 * 7);
  const { trace, text } = surfaceOf(values, shape);
  assert.deepEqual(
    [trace.x, trace.y],
    [
      [0, 1, 2, 3, 4, 5, 6],
      [0, 1, 2, 3, 4],
    ],
  );
  for (const channel of trace.y) {
    for (const out of trace.x) {
      const expected = normOf(values, shape, channel, out);
      assert.ok(Math.abs(trace.z[channel][out] - expected) <= 0.0005 * expected);
    }
  }
  assert.equal(text, 'all 35 kernels');
  assert.equal(trace.hovertemplate, 'out channel %{x}<br>in channel %{y}<br>L1 norm %{z}<extra></extra>');
});

test('in a large layer a point is the largest norm of its block, with both counts in the title', () => {
  const shape = [1, 2, 70, 200];
  const values = numbers(2 * 70 * 200);
  const { trace, text } = surfaceOf(values, shape);
  assert.deepEqual([trace.z.length, trace.z[0].length], [35, 50]);
  trace.y.forEach((firstIn, row) => {
    trace.x.forEach((firstOut, column) => {
      let top = 0;
      for (let channel = firstIn; channel < Math.min(firstIn + 2, 70); channel++) {
        for (let out = firstOut; out < Math.min(firstOut + 4, 200); out++) {
          top = Math.max(top, normOf(values, shape, channel, out));
        }
      }
      assert.ok(Math.abs(trace.z[row][column] - top) <= 0.0005 * top);
    });
  });
  assert.equal(text, '1,750 of 14,000 kernels<br>the largest norm of every 4 out × 2 in channels');
  assert.equal(
    trace.hovertemplate,
    '4 out channels from %{x}<br>2 in channels from %{y}<br>largest L1 norm %{z}<extra></extra>',
  );
});

test('names the strongest and the weakest kernel', () => {
  const values = numbers(9 * 4 * 6).map((value) => value / 10);
  for (let position = 0; position < 9; position++) {
    values[(position * 4 + 3) * 6 + 5] = -1;
    values[(position * 4 + 1) * 6 + 2] = 0;
  }
  assert.match(
    surfaceOf(values, [3, 3, 4, 6]).description,
    /The highest is 9 at out channel 5, in channel 3; the lowest 0 at out channel 2, in channel 1\.$/,
  );
});

test('a layer of one in channel becomes a ribbon, which has a width', () => {
  const { trace } = surfaceOf([1, -2, 3], [1, 3]);
  assert.deepEqual(trace.y, [-0.4, 0.4]);
  assert.deepEqual(trace.z, [
    [1, 2, 3],
    [1, 2, 3],
  ]);
  assert.match(trace.hovertemplate, /in channel 0<br>/);
});

test('the still draws the patches between neighbours from far to near, each with the mean of its corners', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const still = normSurfaceStill(values, [3, 3], { title: 'w' });
  const { layer } = still as unknown as {
    layer: { data: { values: { u: number[]; v: number[]; norm: number }[] } }[];
  };
  const patches = layer[1].data.values;
  const expected = [0, 1].flatMap((row) =>
    [0, 1].map((column) => {
      const norm =
        (1 + column + 3 * row + 2 + column + 3 * row + 4 + column + 3 * row + 5 + column + 3 * row) / 4;
      return { norm, depth: project([(column + 0.5) / 2, (row + 0.5) / 2, 0]).depth };
    }),
  );
  expected.sort((a, b) => b.depth - a.depth);
  assert.deepEqual(
    patches.map(({ norm }) => norm),
    expected.map(({ norm }) => norm),
  );
  const nearest = patches[patches.length - 1];
  const { u, v } = project([0.5, 0, 2 / 9]);
  assert.deepEqual([nearest.u[0], nearest.v[0]], [u, v]);
  assert.ok(isPictureOnly(still));
  assert.equal(still.description, normSurface3d(values, [3, 3], { title: 'w' }).description);
});

test('a title with tags reaches Plotly as text', () => {
  const { layout } = normSurface3d([1], [1, 1], { title: '</script><b>"&' });
  assert.equal((layout.title as { text: string }).text, '&lt;/script&gt;&lt;b&gt;"&amp;');
});

test('refuses NaN and infinite weights', () => {
  for (const value of [Number.NaN, Infinity]) {
    assert.throws(() => normSurface3d([0, value], [1, 2], { title: 'w' }), {
      name: 'RangeError',
      message: 'Expected finite weights but found NaN or an infinite one.',
    });
  }
});
