import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberList } from '../../src/plots/numberList';

const listed = (values: number[]) => numberList(values).values;

test('numbers are rounded to three digits of the largest, whatever their size', () => {
  assert.equal(listed([0.3254321, -0.012345, 0.0001, -0.0001]), 'data\n0.325\n-0.012\n0\n0');
  assert.equal(listed([3254.321, -12.6]), 'data\n3254\n-13');
  assert.equal(listed([3.2e-8, -4e-10]), 'data\n3.2e-8\n-4e-10');
  assert.equal(listed([9.996, 1]), 'data\n10\n1');
});

test('zeros and an empty list are lists, too', () => {
  assert.equal(listed([0, -0]), 'data\n0\n0');
  assert.equal(listed([]), 'data\n');
});
