import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { accuracy } from '../../src/train/accuracy';
import { digits } from '../../src/train/digits';
import { pickDigits } from '../../src/train/pickDigits';
import { trainEpoch } from '../../src/train/trainEpoch';

before(() => useBackend('cpu'));

const { train } = digits();
const few = pickDigits(
  train,
  Array.from(train.labels.keys())
    .filter((i) => train.labels[i] < 2)
    .slice(0, 70),
);

/** Small enough for the cpu engine: two filters of 7 x 7 numbers, side by side. */
function tiny(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...{ filters: 4, kernelSize: 7, strides: 7, activation: 'relu', inputShape: [28, 28, 1] },
        kernelInitializer: tf.initializers.randomUniform({ minval: -0.1, maxval: 0.1, seed: 1 }),
      }),
      tf.layers.conv2d({
        ...{ filters: 2, kernelSize: 4 },
        kernelInitializer: tf.initializers.randomUniform({ minval: -0.1, maxval: 0.1, seed: 2 }),
      }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });
}

/** Trains a new tiny net; answers the losses of its epochs and its weights. */
function trained(options: { seed: number; weightDecay?: number }) {
  const model = tiny();
  const optimizer = tf.train.adam(0.02);
  const losses = [1, 2, 3].map((epoch) =>
    trainEpoch(model, optimizer, few, { ...options, epoch, batchSize: 10 }),
  );
  const weights = model.getWeights().map((weight) => Array.from(weight.dataSync()));
  return { losses, weights, share: accuracy(model, few), model };
}

test('trainEpoch teaches zeros and ones to a tiny net', () => {
  const { losses, share } = trained({ seed: 1 });
  assert.ok(losses[2] < losses[0] / 3, `losses ${losses}`);
  assert.ok(share > 0.95, `${share} recognised`);
});

test('the same seed trains the same weights, another seed others', () => {
  const first = trained({ seed: 1 });
  assert.deepEqual(trained({ seed: 1 }).weights, first.weights);
  assert.notDeepEqual(trained({ seed: 2 }).weights, first.weights);
});

test('the first loss is the cross-entropy, plus half the decay times the squared weights', () => {
  const [model, same] = [tiny(), tiny()];
  const squares = model.getWeights().reduce((sum, weight) => sum + weight.square().sum().dataSync()[0], 0);
  const options = { seed: 1, epoch: 1, batchSize: 70 }; // one step: the loss before it
  const plain = trainEpoch(model, tf.train.sgd(0.1), few, options);
  const decayed = trainEpoch(same, tf.train.sgd(0.1), few, { ...options, weightDecay: 0.5 });
  assert.ok(Math.abs(decayed - plain - 0.25 * squares) < 1e-5);
  const logits = tiny().predict(tf.tensor4d(few.pixels, [70, 28, 28, 1])) as tf.Tensor;
  const shares = logits.softmax().arraySync() as number[][];
  const expected = shares.reduce((sum, share, i) => sum - Math.log(share[few.labels[i]]) / 70, 0);
  assert.ok(Math.abs(plain - expected) < 1e-5, `${plain}, expected ${expected}`);
});

test('one step of plain gradient descent with decay shrinks the weights by the same factor', () => {
  const [model, same] = [tiny(), tiny()];
  const options = { seed: 1, epoch: 1, batchSize: 70 };
  const start = model.getWeights().map((weight) => Array.from(weight.dataSync()));
  trainEpoch(model, tf.train.sgd(0.1), few, options);
  trainEpoch(same, tf.train.sgd(0.1), few, { ...options, weightDecay: 0.5 });
  const [plain, decayed] = [model, same].map((each) => each.getWeights().map((weight) => weight.dataSync()));
  plain.forEach((values, i) => {
    values.forEach((value, k) => {
      assert.ok(Math.abs(decayed[i][k] - (value - 0.1 * 0.5 * start[i][k])) < 1e-6);
    });
  });
});

test('trainEpoch leaves nothing behind but the optimizer, and refuses less than one batch', () => {
  const { model } = trained({ seed: 1 });
  const optimizer = tf.train.sgd(0.1);
  const options = { seed: 1, epoch: 1, batchSize: 35 };
  trainEpoch(model, optimizer, few, options);
  const { numTensors } = tf.memory();
  trainEpoch(model, optimizer, few, options);
  assert.equal(tf.memory().numTensors, numTensors);
  assert.throws(() => trainEpoch(model, optimizer, few, { ...options, batchSize: 71 }), {
    name: 'RangeError',
    message: 'Expected at least 71 digits, one batch, but found 70.',
  });
});
