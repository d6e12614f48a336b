import * as assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { countParameters } from '../../src/report/countParameters';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

test('counts kernels and biases', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 5, kernelSize: 3, useBias: false, inputShape: [8, 8, 2] }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 7 }),
    ],
  });
  assert.equal(countParameters(model), 3 * 3 * 2 * 5 + (6 * 6 * 5 * 7 + 7));
  model.dispose();
});

test('counts gamma and beta of a batch normalisation but not its moving mean and variance', () => {
  const model = tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [4, 4, 6] })] });
  assert.equal(countParameters(model), 12);
  assert.equal(model.countParams(), 24);
  model.dispose();
});

test('counts frozen layers like any other and a shared layer once', () => {
  const input = tf.input({ shape: [4] });
  const shared = tf.layers.dense({ units: 4 });
  shared.trainable = false;
  const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: twice });
  assert.equal(countParameters(model), 20);
  model.dispose();
});
