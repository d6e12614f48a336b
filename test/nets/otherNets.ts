import { tf } from '../../src/backend/tf';
import { conv, conv2d, dense, type NetCase, norm, outputOf, withRandomWeights } from './netCase';

type Tensor = tf.SymbolicTensor;

/** Applies layers one after another. */
const chain = (x: Tensor, ...layers: tf.layers.Layer[]) =>
  layers.reduce((each, layer) => layer.apply(each) as Tensor, x);
const classes = () => tf.layers.dense({ name: 'classes', units: 3 });
const model = (inputs: Tensor, outputs: Tensor) => withRandomWeights(tf.model({ inputs, outputs }));

/** Behind the flattening a batch norm for each of 5 x 4 places. */
function flattened(): tf.LayersModel {
  const input = tf.input({ shape: [7, 6, 2] });
  const layers = [
    tf.layers.conv2d({ name: 'conv', filters: 5, kernelSize: 3, activation: 'softplus' }),
    tf.layers.flatten(),
    tf.layers.batchNormalization(),
    tf.layers.dense({ name: 'hidden', units: 7, activation: 'relu' }),
    classes(),
  ];
  return model(input, chain(input, ...layers));
}

/** Five channels on 3 x 2 places come out of one dense layer of 30 units. */
function decoder(): tf.LayersModel {
  const input = tf.input({ shape: [4] });
  const layers = [
    tf.layers.dense({ name: 'decode', units: 30, activation: 'softplus' }),
    tf.layers.reshape({ targetShape: [3, 2, 5] }),
    tf.layers.conv2dTranspose({ name: 'up', filters: 6, kernelSize: 3, strides: 2, padding: 'same' }),
    tf.layers.conv2d({ name: 'pixels', filters: 1, kernelSize: 3, padding: 'same' }),
  ];
  return model(input, chain(input, ...layers));
}

function autoencoder(): tf.LayersModel {
  const input = tf.input({ shape: [8, 12, 2] });
  const code = conv2d(conv2d(input, 'encode1', 6, { strides: 2 }), 'encode2', 5, { strides: 2 });
  const up = (name: string, filters: number) =>
    tf.layers.conv2dTranspose({ name, filters, kernelSize: 3, strides: 2, padding: 'same', useBias: false });
  const layers = [up('decode1', 7), tf.layers.batchNormalization(), tf.layers.elu(), up('decode2', 4)];
  return model(input, conv2d(chain(code, ...layers), 'pixels', 2, { activation: 'linear' }));
}

/** The third convolution is added to the second; dilated ones, TensorFlow.js 4.22 cannot train. */
function sequences(): tf.LayersModel {
  const input = tf.input({ shape: [9, 2] });
  const conv1d = (name: string, filters: number) =>
    tf.layers.conv1d({ name, filters, kernelSize: 3, padding: 'same', activation: 'tanh' });
  const pooled = chain(
    input,
    conv1d('first', 6),
    tf.layers.batchNormalization(),
    tf.layers.maxPooling1d({ poolSize: 2 }),
  );
  const second = chain(pooled, conv1d('second', 5));
  const sum = tf.layers.add().apply([second, chain(second, conv1d('third', 5))]) as Tensor;
  return model(input, chain(sum, tf.layers.globalAveragePooling1d({}), classes()));
}

function volumes(): tf.LayersModel {
  const input = tf.input({ shape: [4, 4, 4, 1] });
  const conv3d = (name: string, filters: number) =>
    tf.layers.conv3d({ name, filters, kernelSize: 2, padding: 'same', activation: 'relu' });
  const layers = [
    conv3d('first', 5),
    tf.layers.maxPooling3d({ poolSize: 2 } as never),
    conv3d('second', 4),
    tf.layers.flatten(),
    classes(),
  ];
  return model(input, chain(input, ...layers));
}

/** Without batch norm, which TensorFlow.js 4.22 cannot train on axis 1. Each channel owns 3 x 3 neighbours in the end. */
function channelsFirst(): tf.LayersModel {
  const input = tf.input({ shape: [2, 7, 6] });
  const dataFormat = 'channelsFirst' as const;
  const common = { dataFormat, padding: 'same' as const };
  const conv2d = (name: string, filters: number, strides = 1) =>
    tf.layers.conv2d({ ...common, name, filters, kernelSize: 3, strides, activation: 'relu' });
  const pooled = chain(
    input,
    conv2d('first', 5),
    tf.layers.depthwiseConv2d({ ...common, kernelSize: 3, activation: 'sigmoid' }),
    tf.layers.maxPooling2d({ ...common, poolSize: 2 }),
  );
  const [a, b] = [conv2d('left', 6, 1), conv2d('right', 6, 1)].map((layer) => chain(pooled, layer));
  const sum = tf.layers.add().apply([a, b]) as Tensor;
  const last = tf.layers.conv2d({ name: 'last', filters: 7, kernelSize: 2, dataFormat });
  return model(input, chain(sum, last, tf.layers.flatten(), classes()));
}

export const OTHER_NETS: NetCase[] = [
  {
    name: 'convolution, flatten, dense',
    build: flattened,
    tied: [],
    whole: outputOf('classes'),
    all: [5, 7],
    half: [3, 4],
    parameters: ([c, d]) => conv(3, 2, c) + c + norm(20 * c) + dense(20 * c, d) + dense(d, 3),
  },
  {
    name: 'decoder: dense, reshape, transposed convolution',
    build: decoder,
    tied: [],
    whole: outputOf('pixels'),
    all: [5, 6],
    half: [3, 3],
    parameters: ([c, u]) => dense(4, 6 * c) + conv(3, c, u) + u + conv(3, u, 1) + 1,
  },
  {
    name: 'autoencoder',
    build: autoencoder,
    tied: [],
    whole: outputOf('pixels'),
    all: [6, 5, 7, 4],
    half: [3, 3, 4, 2],
    parameters: ([a, b, c, d]) =>
      conv(3, 2, a) + a + conv(3, a, b) + b + conv(3, b, c) + norm(c) + conv(3, c, d) + conv(3, d, 2) + 2,
  },
  {
    name: 'sequences (conv1d)',
    build: sequences,
    tied: [['second', 'third']],
    whole: outputOf('classes'),
    all: [6, 5],
    half: [3, 3],
    parameters: ([a, b]) => 3 * 2 * a + a + norm(a) + (3 * a * b + b) + (3 * b * b + b) + dense(b, 3),
  },
  {
    name: 'volumes (conv3d)',
    build: volumes,
    tied: [],
    whole: outputOf('classes'),
    all: [5, 4],
    half: [3, 2],
    parameters: ([a, b]) => 8 * 1 * a + a + (8 * a * b + b) + dense(2 * 2 * 2 * b, 3),
  },
  {
    name: 'channelsFirst',
    build: channelsFirst,
    tied: [['left', 'right']],
    whole: outputOf('classes'),
    all: [5, 6, 7],
    half: [3, 3, 4],
    parameters: ([a, b, c]) =>
      conv(3, 2, a) +
      a +
      (conv(3, 1, a) + a) +
      2 * (conv(3, a, b) + b) +
      (conv(2, b, c) + c) +
      dense(3 * 2 * c, 3),
  },
];
