import type { Rule } from './layerUse';
import { activationLayer, dropout, passThrough, prelu, softmaxLayer } from './rules/activation';
import { convolution, depthwiseConvolution, separableConvolution } from './rules/convolution';
import { dense, embedding } from './rules/dense';
import { concatenate, elementwiseMerge } from './rules/merge';
import { batchNormalization, layerNormalization } from './rules/normalization';
import { opaque } from './rules/opaque';
import { flatten, permute, repeatVector, reshape } from './rules/reshape';
import { globalPooling, lastAxisOnly, spatial } from './rules/spatial';

export type { LayerUse, Rule } from './layerUse';

const recurrent = opaque('is recurrent: its state couples the channels');
const wrapper = opaque('wraps another layer, and pruning does not look inside');
const cell = opaque('is a cell of a recurrent layer');
const shapeless = opaque('gets an output shape without a batch axis from TensorFlow.js 4.22');

/** One entry a layer type, by TensorFlow.js class name. A type that is not here is an error, never a guess. */
export const RULES: Record<string, Rule> = {
  Conv1D: convolution,
  Conv2D: convolution,
  Conv3D: convolution,
  Conv2DTranspose: convolution,
  Conv3DTranspose: convolution,
  SeparableConv2D: separableConvolution,
  DepthwiseConv2D: depthwiseConvolution,
  Dense: dense,
  Embedding: embedding,

  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,

  ReLU: passThrough,
  LeakyReLU: passThrough,
  ELU: passThrough,
  ThresholdedReLU: passThrough,
  PReLU: prelu,
  Activation: activationLayer,
  Softmax: softmaxLayer,

  Dropout: dropout,
  SpatialDropout1D: dropout,
  GaussianNoise: passThrough,
  GaussianDropout: passThrough,
  AlphaDropout: passThrough,
  Rescaling: passThrough,

  MaxPooling1D: spatial('pools over'),
  AveragePooling1D: spatial('pools over'),
  MaxPooling2D: spatial('pools over'),
  AveragePooling2D: spatial('pools over'),
  MaxPooling3D: spatial('pools over'),
  AveragePooling3D: spatial('pools over'),
  GlobalAveragePooling1D: globalPooling,
  GlobalMaxPooling1D: globalPooling,
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling2D: globalPooling,
  ZeroPadding2D: spatial('pads'),
  Cropping2D: spatial('crops'),
  UpSampling2D: spatial('repeats'),
  CenterCrop: lastAxisOnly('crops'),
  Resizing: shapeless,
  RandomWidth: shapeless,

  Flatten: flatten,
  Reshape: reshape,
  RepeatVector: repeatVector,
  Permute: permute,

  Add: elementwiseMerge,
  Multiply: elementwiseMerge,
  Average: elementwiseMerge,
  Maximum: elementwiseMerge,
  Minimum: elementwiseMerge,
  Concatenate: concatenate,
  Dot: opaque('multiplies channels with each other'),

  Masking: opaque('looks at all channels of a step'),
  CategoryEncoding: opaque("takes the channels' values for categories"),
  SimpleRNN: recurrent,
  GRU: recurrent,
  LSTM: recurrent,
  ConvLSTM2D: recurrent,
  RNN: recurrent,
  SimpleRNNCell: cell,
  GRUCell: cell,
  LSTMCell: cell,
  ConvLSTM2DCell: cell,
  StackedRNNCells: cell,
  TimeDistributed: wrapper,
  Bidirectional: wrapper,
};
