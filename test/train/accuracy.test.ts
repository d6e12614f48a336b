import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { accuracy } from '../../src/train/accuracy';
import type { Digits } from '../../src/train/digits';

before(() => useBackend('cpu'));

/** n pictures of one grey each; the i-th is to be read as i % 2. */
function greys(n: number): Digits {
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  return { labels, pixels: Float32Array.from({ length: n * 784 }, (_, k) => (Math.floor(k / 784) % 4) / 4) };
}

/** Answers [1/3, the picture's grey]: class 1 from the third of four greys on. */
function threshold(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [28, 28, 1] }),
      tf.layers.dense({ units: 2, useBias: true }),
    ],
  });
  model.setWeights([tf.tensor2d([[0, 1]]), tf.tensor1d([1 / 3, 0])]);
  return model;
}

test('accuracy is the share of pictures whose largest output is the label, over several batches', () => {
  const model = threshold();
  // greys 0, 1/4, 1/2, 3/4 are read as 0, 0, 1, 1; the labels are 0, 1, 0, 1
  assert.equal(accuracy(model, greys(240)), 0.5);
  assert.equal(accuracy(model, greys(3)), 1 / 3);
  assert.equal(accuracy(model, greys(1)), 1);
  model.dispose();
});

test('accuracy leaves no tensor behind', () => {
  const model = threshold();
  const { numTensors } = tf.memory();
  accuracy(model, greys(150));
  assert.equal(tf.memory().numTensors, numTensors);
  model.dispose();
});

test('accuracy refuses a model that answers pictures, and an empty list', () => {
  const conv = tf.sequential({
    layers: [tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [28, 28, 1] })],
  });
  assert.throws(() => accuracy(conv, greys(2)), {
    name: 'RangeError',
    message: 'Expected a model that answers [n, classes], but its output is [n, 26, 26, 3].',
  });
  const none = { pixels: new Float32Array(0), labels: new Int32Array(0) };
  assert.throws(() => accuracy(threshold(), none), {
    name: 'RangeError',
    message: 'Expected at least one digit to recognise but found none.',
  });
});
