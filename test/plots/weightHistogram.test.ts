import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightHistogram } from '../../src/plots/weightHistogram';
import { numbers } from './allCharts';

interface Bin {
  series: string;
  from: number;
  to: number;
  n: number;
}

const binsOf = (values: ArrayLike<number>, options = {}): Bin[] => {
  const { layer } = weightHistogram(values, { title: 'w', ...options }) as unknown as {
    layer: { data: { values: Bin[] } }[];
  };
  return layer[0].data.values;
};

test('counts into 50 bins from the smallest to the largest weight, as a slow count does', () => {
  const values = numbers(5000);
  const bins = binsOf(values);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const slow = new Array(50).fill(0);
  for (const value of values) {
    let bin = 0;
    while (bin < 49 && value >= min + ((max - min) * (bin + 1)) / 50) bin++;
    slow[bin]++;
  }
  assert.deepEqual(
    bins.map(({ n }) => n),
    slow,
  );
  assert.ok(Math.abs(bins[0].from - min) < 1e-5 && Math.abs(bins[49].to - max) < 1e-5);
});

test('puts the largest weight into the last bin and loses none', () => {
  assert.deepEqual(
    binsOf([0, 1, 2, 3, 4], { bins: 4 }).map(({ n }) => n),
    [1, 1, 1, 2],
  );
});

test('gives equal weights one bin in a range around them', () => {
  const bins = binsOf([2, 2, 2], { bins: 4 });
  assert.deepEqual(
    bins.map(({ n }) => n),
    [0, 0, 3, 0],
  );
  assert.deepEqual([bins[0].from, bins[3].to], [1.5, 2.5]);
});

test('says mean and standard deviation in the corner and in the description', () => {
  const spec = weightHistogram([1, 2, 3, 4], { title: 'conv1.weight' });
  assert.match(JSON.stringify(spec.layer), /"text":"mean 2\.5, standard deviation 1\.12"/);
  assert.equal(
    spec.description,
    'conv1.weight: histogram of 4 weights with mean 2.5 and standard deviation 1.12, from 1 to 4 in 50 bins; the fullest bin holds 1.',
  );
});

test('draws the weights after pruning over the same bins', () => {
  const spec = weightHistogram([0, 1, 2, 4], { title: 'w', bins: 4, after: [1, 2] });
  const { layer } = spec as unknown as { layer: { data: { values: Bin[] } }[] };
  assert.deepEqual(
    layer[1].data.values.map(({ from, n }) => [from, n]),
    [
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 0],
      [4, 0],
    ],
  );
  assert.match(spec.description, /4 weights before with mean 1\.75 .*, 2 weights after with mean 1\.5 /);
});

test('writes a specification whose size does not depend on the number of weights', () => {
  const size = (count: number) => JSON.stringify(weightHistogram(numbers(count), { title: 'w' })).length;
  assert.ok(Math.abs(size(1_000_000) - size(1000)) < 300);
});

test('refuses what has no histogram, and says what it found', () => {
  const message = (values: number[], bins?: number) => {
    try {
      weightHistogram(values, { title: 'w', bins });
    } catch (error) {
      return String(error);
    }
    return 'no error';
  };
  assert.equal(message([]), 'RangeError: Expected at least one weight but found an empty list.');
  assert.equal(
    message([1, Number.NaN]),
    'RangeError: Expected finite weights but found NaN or an infinite one.',
  );
  assert.equal(message([1], 0), 'RangeError: Expected bins to be a positive integer but found 0.');
});

test('the fullest bin that it names may be one of the second list', () => {
  const { description } = weightHistogram([0, 1, 2, 3], { title: 'w', bins: 4, after: [1, 1, 1, 2] });
  assert.match(description, /in 4 bins; the fullest bin holds 3\.$/);
});
