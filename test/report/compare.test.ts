import * as assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { compare } from '../../src/report/compare';
import { comparisonMarkdown, comparisonText } from '../../src/report/comparisonText';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

function net(widths: number[], size: number | null = 4, names = ['conv1', 'conv2']): tf.LayersModel {
  const model = tf.sequential();
  widths.forEach((filters, i) => {
    const inputShape = i === 0 ? [size, size, 3] : undefined;
    const same = { kernelSize: 3, padding: 'same' as const, useBias: false };
    model.add(tf.layers.conv2d({ name: names[i], filters, inputShape, ...same }));
    model.add(tf.layers.reLU());
  });
  return model;
}

test('gives shapes, parameters, multiply-adds, bytes and the achieved share as plain data', () => {
  const comparison = compare(net([32, 20]), net([16, 15]));
  const expected = {
    layers: [
      {
        name: 'conv1',
        className: 'Conv2D',
        kernel: { before: [3, 3, 3, 32], after: [3, 3, 3, 16] },
        channels: { before: 32, after: 16 },
        cut: 0.5,
        parameters: { before: 864, after: 432 },
        multiplyAdds: { before: 13824, after: 6912 },
        bytes: { before: 3456, after: 1728 },
      },
      {
        name: 'conv2',
        className: 'Conv2D',
        kernel: { before: [3, 3, 32, 20], after: [3, 3, 16, 15] },
        channels: { before: 20, after: 15 },
        cut: 0.25,
        parameters: { before: 5760, after: 2160 },
        multiplyAdds: { before: 92160, after: 34560 },
        bytes: { before: 23040, after: 8640 },
      },
    ],
    parameters: { before: 6624, after: 2592 },
    removed: 1 - 2592 / 6624,
    multiplyAdds: { before: 105984, after: 41472 },
    bytes: { before: 26496, after: 10368 },
  };
  assert.deepEqual(comparison, expected);
  assert.deepEqual(JSON.parse(JSON.stringify(comparison)), expected);
});

test('counts the memory of moving statistics, which are no parameters', () => {
  const normed = () =>
    tf.sequential({ layers: [tf.layers.batchNormalization({ name: 'bn', inputShape: [6] })] });
  const { parameters, bytes, layers } = compare(normed(), normed());
  assert.deepEqual(parameters, { before: 12, after: 12 });
  assert.deepEqual(bytes, { before: 96, after: 96 });
  assert.deepEqual(layers[0].channels, { before: 6, after: 6 });
});

test('takes the channels of channelsFirst pictures from axis 1', () => {
  const first = (filters: number) =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({
          name: 'c',
          filters,
          kernelSize: 1,
          dataFormat: 'channelsFirst',
          inputShape: [2, 5, 7],
        }),
        tf.layers.batchNormalization({ name: 'bn', axis: 1 }),
      ],
    });
  const { layers } = compare(first(4), first(3));
  assert.deepEqual(
    layers.map(({ channels }) => channels),
    [
      { before: 4, after: 3 },
      { before: 4, after: 3 },
    ],
  );
});

test('prints an aligned row for each layer and one line for each total', () => {
  assert.equal(
    comparisonText(compare(net([32, 20]), net([16, 15]))),
    [
      'layer  class   kernel                  channels     cut  parameters      multiply-adds     memory',
      'conv1  Conv2D  3x3x3x32 -> 3x3x3x16    32 -> 16  50.0 %  864 -> 432      13,824 -> 6,912   3.5 kB -> 1.7 kB',
      'conv2  Conv2D  3x3x32x20 -> 3x3x16x15  20 -> 15  25.0 %  5,760 -> 2,160  92,160 -> 34,560  23.0 kB -> 8.6 kB',
      '',
      'Parameters: 6,624 -> 2,592 (39.1 % left)',
      'Multiply-adds: 105,984 -> 41,472 (39.1 % left; conv + dense, one sample, bias excluded)',
      'Memory: 26.5 kB -> 10.4 kB (39.1 % left; the weights, 4 bytes a number)',
    ].join('\n'),
  );
});

test('prints a Markdown table and the totals as a list', () => {
  assert.equal(
    comparisonMarkdown(compare(net([32, 640], 20), net([16, 64], 20))),
    [
      '| layer | channels | cut | kernel | parameters | multiply-adds |',
      '| --- | --- | ---: | --- | --- | --- |',
      '| conv1 | 32 → 16 | 50.0\u00a0% | 3x3x3x32 → 3x3x3x16 | 864 → 432 | 346k → 173k |',
      '| conv2 | 640 → 64 | 90.0\u00a0% | 3x3x32x640 → 3x3x16x64 | 184,320 → 9,216 | 73.7M → 3.69M |',
      '',
      '- Parameters: 185,184 -> 9,648 (5.2 % left)',
      '- Multiply-adds: 74,073,600 -> 3,859,200 (5.2 % left; conv + dense, one sample, bias excluded)',
      '- Memory: 740.7 kB -> 38.6 kB (5.2 % left; the weights, 4 bytes a number)',
    ].join('\n'),
  );
});

test('says why multiply-adds are missing when the input size is not fixed', () => {
  const comparison = compare(net([32], null), net([16], null));
  assert.deepEqual(comparison.multiplyAdds, { before: null, after: null });
  assert.deepEqual(comparison.layers[0].multiplyAdds, { before: null, after: null });
  assert.ok(
    comparisonText(comparison).includes(
      'Multiply-adds: not counted (conv + dense, one sample, bias excluded). The multiply-adds of the layer ' +
        "'conv1' cannot be counted: its output shape [null, null, null, 32] is not fixed.",
    ),
  );
});

test('refuses two models whose layers do not match and names the layers', () => {
  assert.throws(() => compare(net([4, 5]), net([4, 5], 4, ['conv1', 'head'])), {
    name: 'RangeError',
    message:
      'The models cannot be compared: their layers with weights must have the same names. ' +
      'Only in the first: conv2. Only in the second: head.',
  });
});
