import { tf } from '../../src/backend/tf';

/** A layer with weights, behind one that is cut, for inputs of a shape. */
export interface TrainingCase {
  shape: number[];
  before?: () => tf.layers.Layer;
  layer: () => tf.layers.Layer;
}

const first = { dataFormat: 'channelsFirst' as const };
const conv1d = () => tf.layers.conv1d({ filters: 4, kernelSize: 1 });
const conv2d = () => tf.layers.conv2d({ filters: 4, kernelSize: 1 });
const conv3d = () => tf.layers.conv3d({ filters: 4, kernelSize: 1 });
const picture = { shape: [4, 4, 2], before: conv2d };
const sequence = { shape: [6, 2], before: conv1d };
const volume = { shape: [3, 3, 3, 2], before: conv3d };
const firstPicture = {
  shape: [2, 4, 4],
  before: () => tf.layers.conv2d({ filters: 4, kernelSize: 1, ...first }),
};
const size = { filters: 3, kernelSize: 2 };
const units = { units: 3, returnSequences: true };

/** Every layer type that has weights, and settings of it that TensorFlow.js computes another way. */
export const TRAINING_CASES: Record<string, TrainingCase> = {
  Conv1D: { ...sequence, layer: () => tf.layers.conv1d(size) },
  Conv2D: { ...picture, layer: () => tf.layers.conv2d({ ...size, strides: 2 }) },
  Conv3D: { ...volume, layer: () => tf.layers.conv3d(size) },
  Conv2DTranspose: { ...picture, layer: () => tf.layers.conv2dTranspose(size) },
  Conv3DTranspose: { ...volume, layer: () => tf.layers.conv3dTranspose(size) },
  SeparableConv2D: { ...picture, layer: () => tf.layers.separableConv2d({ ...size, depthMultiplier: 2 }) },
  DepthwiseConv2D: {
    ...picture,
    layer: () => tf.layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }),
  },
  Dense: { ...picture, layer: () => tf.layers.dense({ units: 3 }) },
  Embedding: { shape: [6], layer: () => tf.layers.embedding({ inputDim: 5, outputDim: 4 }) },
  BatchNormalization: { ...picture, layer: () => tf.layers.batchNormalization() },
  LayerNormalization: { ...picture, layer: () => tf.layers.layerNormalization() },
  PReLU: { ...picture, layer: () => tf.layers.prelu({ alphaInitializer: 'ones' }) },
  SimpleRNN: { ...sequence, layer: () => tf.layers.simpleRNN(units) },
  GRU: { ...sequence, layer: () => tf.layers.gru(units) },
  LSTM: { ...sequence, layer: () => tf.layers.lstm(units) },
  ConvLSTM2D: { ...volume, layer: () => tf.layers.convLstm2d({ ...size, returnSequences: true }) },
  RNN: {
    ...sequence,
    layer: () => tf.layers.rnn({ cell: tf.layers.lstmCell({ units: 3 }), returnSequences: true }),
  },
  TimeDistributed: {
    ...sequence,
    layer: () => tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) }),
  },
  Bidirectional: {
    ...sequence,
    layer: () => tf.layers.bidirectional({ layer: tf.layers.gru(units) as tf.RNN, mergeMode: 'concat' }),
  },
  'Conv2D, channels first': { ...firstPicture, layer: () => tf.layers.conv2d({ ...size, ...first }) },
  'DepthwiseConv2D, channels first': {
    ...firstPicture,
    layer: () => tf.layers.depthwiseConv2d({ kernelSize: 2, ...first }),
  },
  'BatchNormalization, axis 1': {
    ...firstPicture,
    layer: () => tf.layers.batchNormalization({ axis: 1 }),
  },
  'BatchNormalization, scale false': {
    ...picture,
    layer: () => tf.layers.batchNormalization({ scale: false }),
  },
  'BatchNormalization, center false': {
    ...picture,
    layer: () => tf.layers.batchNormalization({ center: false }),
  },
  'BatchNormalization of volumes': { ...volume, layer: () => tf.layers.batchNormalization() },
  'Conv1D, dilated': { ...sequence, layer: () => tf.layers.conv1d({ ...size, dilationRate: 2 }) },
  'Conv2D, dilated': { ...picture, layer: () => tf.layers.conv2d({ ...size, dilationRate: 2 }) },
  'SeparableConv2D, dilated': {
    ...picture,
    layer: () => tf.layers.separableConv2d({ ...size, dilationRate: 2 }),
  },
  // TensorFlow.js 4.22 leaves the dilation out when it computes this layer
  'DepthwiseConv2D, dilated': {
    ...picture,
    layer: () => tf.layers.depthwiseConv2d({ kernelSize: 2, dilationRate: 2 }),
  },
};

/** The layer of a case between the one in front of it and a dense layer. */
export function trainedModel({ shape, before, layer }: TrainingCase): tf.LayersModel {
  const input = tf.input({ shape });
  const made = before ? (before().apply(input) as tf.SymbolicTensor) : input;
  const flat = tf.layers.flatten().apply(layer().apply(made));
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor });
}
