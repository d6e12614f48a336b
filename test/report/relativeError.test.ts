import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { relativeError } from '../../src/report/relativeError';

before(() => useBackend('cpu'));

test('relativeError is the largest difference as a share of the largest expected magnitude', () => {
  const expected = tf.tensor2d([
    [1, -4],
    [2, 0],
  ]);
  assert.equal(
    relativeError(
      tf.tensor2d([
        [1, -3],
        [2, 0.5],
      ]),
      expected,
    ),
    0.25,
  );
  assert.equal(relativeError(expected, expected), 0);
  assert.equal(relativeError(tf.zerosLike(expected), expected), 1);
});

test('relativeError of zeros is 0, and Infinity where something else was found', () => {
  const zeros = tf.zeros([3]);
  assert.equal(relativeError(zeros, zeros), 0);
  assert.equal(relativeError(tf.ones([3]), zeros), Infinity);
});

test('relativeError leaves no tensor behind and refuses tensors of different shapes', () => {
  const [a, b] = [tf.ones([2, 3]), tf.ones([3])];
  const { numTensors } = tf.memory();
  relativeError(a, a);
  assert.equal(tf.memory().numTensors, numTensors);
  assert.throws(() => relativeError(b, a), {
    name: 'RangeError',
    message: 'Expected a tensor of shape [2, 3] to compare but found [3].',
  });
});
