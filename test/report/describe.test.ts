import * as assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { describe } from '../../src/report/describe';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

/** The description of one convolution on 8x9 pictures with 3 channels, without the lines around it. */
function conv2dLine(args: Partial<Parameters<typeof tf.layers.conv2d>[0]>, inputShape = [8, 9, 3]): string {
  const layer = tf.layers.conv2d({ name: 'conv', filters: 4, kernelSize: 3, inputShape, ...args });
  return inModel(layer);
}

function inModel(...layers: tf.layers.Layer[]): string {
  const model = tf.sequential({ name: 'Model', layers });
  const text = describe(model);
  model.dispose();
  return text.split('\n').length === 3 ? text.split('\n')[1].trim() : text;
}

test('prints a chain of convolutions as PyTorch prints the original', () => {
  const model = tf.sequential({
    name: 'Model',
    layers: [
      tf.layers.conv2d({
        name: 'conv1',
        filters: 32,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        inputShape: [32, 32, 3],
      }),
      tf.layers.reLU({ name: 'act1' }),
      tf.layers.conv2d({ name: 'conv2', filters: 64, kernelSize: 3, padding: 'same', useBias: false }),
    ],
  });
  assert.equal(
    describe(model),
    [
      'Model(',
      '  (conv1): Conv2d(3, 32, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)',
      '  (act1): ReLU(inplace=True)',
      '  (conv2): Conv2d(32, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)',
      ')',
    ].join('\n'),
  );
  model.dispose();
});

test('says nothing about a bias, no padding and no dilation, as PyTorch does', () => {
  assert.equal(conv2dLine({}), '(conv): Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1))');
});

test('prints sizes, strides and dilation as pairs', () => {
  assert.equal(
    conv2dLine({ kernelSize: [1, 5], strides: [2, 1], padding: 'same' }),
    '(conv): Conv2d(3, 4, kernel_size=(1, 5), stride=(2, 1), padding=(0, 2))',
  );
  assert.equal(
    conv2dLine({ dilationRate: 2, padding: 'same' }),
    '(conv): Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1), padding=(2, 2), dilation=(2, 2))',
  );
});

test('prints padding=same where one side gets more and the stride is 1', () => {
  assert.equal(
    conv2dLine({ kernelSize: [2, 3], padding: 'same' }),
    '(conv): Conv2d(3, 4, kernel_size=(2, 3), stride=(1, 1), padding=same)',
  );
});

test('prints the padding of a strided convolution where both sides get as much', () => {
  assert.equal(
    conv2dLine({ strides: 2, padding: 'same' }, [9, 9, 3]),
    '(conv): Conv2d(3, 4, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))',
  );
});

test('makes a table where PyTorch has no words: a strided convolution padded more on one side', () => {
  assert.equal(
    conv2dLine({ strides: 2, padding: 'same' }, [8, 8, 3]),
    [
      'Model',
      'layer  class   output     parameters',
      'conv   Conv2D  4 x 4 x 4         112',
      'Parameters: 112',
    ].join('\n'),
  );
});

test('makes a table of a strided convolution whose input size is not fixed, and marks the open sizes', () => {
  const shape = [null, null, 3] as unknown as number[];
  assert.match(conv2dLine({ strides: 2, padding: 'same' }, shape), /^conv {3}Conv2D {2}\? x \? x 4 {9}112$/m);
});

test('makes a table of a convolution with an activation inside, which PyTorch would call two layers', () => {
  assert.match(conv2dLine({ activation: 'relu' }), /^layer {2}class/m);
});

test('prints each activation that PyTorch has under its name there', () => {
  const line = (layer: tf.layers.Layer) =>
    inModel(tf.layers.conv2d({ name: 'c', filters: 1, kernelSize: 1, inputShape: [2, 2, 1] }), layer)
      .split('\n')[2]
      .trim();
  const named = (activation: 'relu6' | 'sigmoid' | 'tanh' | 'swish') =>
    line(tf.layers.activation({ name: 'act', activation }));
  assert.equal(named('sigmoid'), '(act): Sigmoid()');
  assert.equal(named('tanh'), '(act): Tanh()');
  assert.equal(named('swish'), '(act): SiLU()');
  assert.equal(named('relu6'), '(act): ReLU6(inplace=True)');
  assert.equal(line(tf.layers.reLU({ name: 'act', maxValue: 6 })), '(act): ReLU6(inplace=True)');
  assert.equal(
    line(tf.layers.leakyReLU({ name: 'act', alpha: 0.01 })),
    '(act): LeakyReLU(negative_slope=0.01)',
  );
  assert.equal(line(tf.layers.elu({ name: 'act', alpha: 1 })), '(act): ELU(alpha=1.0)');
});

test('makes a table of hardSigmoid, which is another function in PyTorch', () => {
  const conv = tf.layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [2, 2, 1] });
  assert.match(inModel(conv, tf.layers.activation({ activation: 'hardSigmoid' })), /^layer /m);
});

test('makes a table of a net with branches and lists a shared layer once', () => {
  const input = tf.input({ shape: [4, 4, 2] });
  const conv = tf.layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3, padding: 'same' });
  const once = conv.apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: 'sum' }).apply([once, conv.apply(once) as tf.SymbolicTensor]);
  const model = tf.model({ name: 'Branches', inputs: input, outputs: sum as tf.SymbolicTensor });
  assert.equal(
    describe(model),
    [
      'Branches',
      'layer  class   output     parameters',
      'conv   Conv2D  4 x 4 x 2          38',
      'sum    Add     4 x 4 x 2           0',
      'Parameters: 38',
    ].join('\n'),
  );
  model.dispose();
});
