import * as assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { multiplyAdds } from '../../src/report/multiplyAdds';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

/** One layer on an input of this shape: kernel numbers x places where the kernel is laid down. */
const CASES: [string, number[], (inputShape: number[]) => tf.layers.Layer, number][] = [
  [
    'conv1d with stride 2: 5*3*4 numbers, 6 places',
    [16, 3],
    (inputShape) => tf.layers.conv1d({ filters: 4, kernelSize: 5, strides: 2, inputShape }),
    5 * 3 * 4 * 6,
  ],
  [
    'conv2d with same padding and bias: 3*3*2*5 numbers, 8*6 places, bias excluded',
    [8, 6, 2],
    (inputShape) => tf.layers.conv2d({ filters: 5, kernelSize: 3, padding: 'same', inputShape }),
    3 * 3 * 2 * 5 * 48,
  ],
  [
    'conv2d on channelsFirst pictures: 3*3*2*5 numbers, 6*4 places',
    [2, 8, 6],
    (inputShape) => tf.layers.conv2d({ filters: 5, kernelSize: 3, dataFormat: 'channelsFirst', inputShape }),
    3 * 3 * 2 * 5 * 24,
  ],
  [
    'conv2d with dilation 2: reach 5, so 4*2 places',
    [8, 6, 2],
    (inputShape) => tf.layers.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2, inputShape }),
    3 * 3 * 2 * 5 * 8,
  ],
  [
    'conv3d: 2*2*2*3*4 numbers, 3*4*5 places',
    [4, 5, 6, 3],
    (inputShape) => tf.layers.conv3d({ filters: 4, kernelSize: 2, inputShape }),
    2 * 2 * 2 * 3 * 4 * 60,
  ],
  [
    'conv2dTranspose: 3*3*2*5 numbers at each of the 4*6 places of the input',
    [4, 6, 2],
    (inputShape) => tf.layers.conv2dTranspose({ filters: 5, kernelSize: 3, strides: 2, inputShape }),
    3 * 3 * 2 * 5 * 24,
  ],
  [
    'depthwiseConv2d: 3*3*4*2 numbers, 6*6 places',
    [8, 8, 4],
    (inputShape) => tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, inputShape }),
    3 * 3 * 4 * 2 * 36,
  ],
  [
    'separableConv2d: 3*3*4*2 + 8*5 numbers, 6*6 places',
    [8, 8, 4],
    (inputShape) => tf.layers.separableConv2d({ filters: 5, kernelSize: 3, depthMultiplier: 2, inputShape }),
    (3 * 3 * 4 * 2 + 8 * 5) * 36,
  ],
  ['dense on a vector', [10], (inputShape) => tf.layers.dense({ units: 7, inputShape }), 70],
  [
    'dense on pictures: at every one of 3*4 places',
    [3, 4, 10],
    (inputShape) => tf.layers.dense({ units: 7, inputShape }),
    70 * 12,
  ],
];

for (const [title, inputShape, layer, expected] of CASES) {
  test(title, () => {
    const model = tf.sequential({ layers: [layer(inputShape)] });
    assert.equal(multiplyAdds(model).total, expected);
    model.dispose();
  });
}

test('batch normalisation, PReLU, activations and pooling are excluded; layers are listed in order', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'first', filters: 2, kernelSize: 1, inputShape: [4, 4, 3] }),
      tf.layers.batchNormalization(),
      tf.layers.prelu(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ name: 'second', filters: 5, kernelSize: 1 }),
    ],
  });
  assert.deepEqual(multiplyAdds(model), {
    total: 96 + 40,
    layers: [
      { name: 'first', multiplyAdds: 96 },
      { name: 'second', multiplyAdds: 40 },
    ],
  });
  model.dispose();
});

test('every use of a shared layer counts', () => {
  const input = tf.input({ shape: [6, 6, 2] });
  const shared = tf.layers.conv2d({ name: 'shared', filters: 2, kernelSize: 3 });
  const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: twice });
  assert.deepEqual(multiplyAdds(model).layers, [{ name: 'shared', multiplyAdds: 36 * (16 + 4) }]);
  model.dispose();
});

test('uses of a layer in another model do not count', () => {
  const input = tf.input({ shape: [6] });
  const dense = tf.layers.dense({ units: 6 });
  const once = dense.apply(input) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: once });
  tf.model({ inputs: input, outputs: dense.apply(once) as tf.SymbolicTensor });
  assert.equal(multiplyAdds(model).total, 36);
  model.dispose();
});

test('the layers of a nested model carry its name', () => {
  const inner = tf.sequential({
    name: 'inner',
    layers: [tf.layers.dense({ name: 'a', units: 4, inputShape: [3] })],
  });
  const input = tf.input({ shape: [3] });
  const model = tf.model({ inputs: input, outputs: inner.apply(input) as tf.SymbolicTensor });
  assert.deepEqual(multiplyAdds(model).layers, [{ name: 'inner/a', multiplyAdds: 12 }]);
  model.dispose();
});

test('a size that is not fixed is an error that names the layer and says how to fix it', () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ name: 'conv1', filters: 4, kernelSize: 3, inputShape: [null, null, 3] })],
  });
  assert.throws(() => multiplyAdds(model), {
    name: 'RangeError',
    message:
      "The multiply-adds of the layer 'conv1' cannot be counted: its output shape [null, null, null, 4] is " +
      'not fixed. Build the model with a fixed input size, e.g. inputShape: [32, 32, 3].',
  });
  model.dispose();
});

test('a layer type without a rule is an error that names it', () => {
  const model = tf.sequential({ layers: [tf.layers.lstm({ name: 'memory', units: 2, inputShape: [5, 3] })] });
  assert.throws(() => multiplyAdds(model), {
    name: 'RangeError',
    message: "The multiply-adds of the layer 'memory' cannot be counted: there is no rule for a LSTM.",
  });
  model.dispose();
});
