import { tf } from '../../src/backend/tf';

/** A case in which a layer of some type is looked at: what is in front of it, and how it is set. */
export interface Probe {
  /** In which case, in words; left out where the layer knows only one. */
  when?: string;
  /** Shape of the model's input, without batch. Default: a sequence, a picture or a volume, by the type's name. */
  shape?: number[];
  /** How many channels the layers in front of it make; one entry a layer. None: the layer reads the input. */
  front?: number[];
  /** Whether what is in front of it puts the channels first, and the layer itself last. Default false. */
  channelsFirst?: boolean;
  /** What the layer's constructor is given beside a name. */
  config?: object;
  /** Makes the layer, 'x', where it holds others. */
  layer?: () => tf.layers.Layer;
}

const conv = [{ config: { filters: 3, kernelSize: 1 } }];
const pair = [4, 4];
const places = [6, 6, 2];
const sequence = [6, 2];

/** Layers for pictures that have a data format, or know one only. */
const inFormat = (config?: object): Probe[] => [
  { config },
  { when: 'on a picture of another data format', channelsFirst: true, config },
];

const merge: Probe[] = [
  { front: pair },
  { when: 'an input of one channel, such as a gate for each position', front: [4, 1] },
];

const dense = () => tf.layers.dense({ units: 3 });
const gru = () => tf.layers.gru({ units: 3 });
const gruCell = () => tf.layers.gruCell({ units: 3 });

const recurrent: Probe[] = [{ shape: sequence, config: { units: 3 } }];
const steps = [3, ...places];
const lstmOfPictures = { filters: 3, kernelSize: 1 };

/** A cell is no layer of a model by itself: it is looked at inside the layer that runs it. */
const inside = (cell: () => tf.layers.Layer | tf.layers.Layer[]): Probe[] => [
  { shape: sequence, layer: () => tf.layers.rnn({ name: 'x', cell: cell() as tf.RNN['cell'] }) },
];

/** Layer types that need settings, or know several cases; all others are looked at with none. */
export const PROBES: Record<string, Probe[]> = {
  Conv1D: conv,
  Conv2D: conv,
  Conv3D: conv,
  Conv2DTranspose: conv,
  Conv3DTranspose: conv,
  SeparableConv2D: conv,
  DepthwiseConv2D: [
    { config: { kernelSize: 1 } },
    { when: 'with `depthMultiplier: 2`', config: { kernelSize: 1, depthMultiplier: 2 } },
  ],
  Dense: [
    { config: { units: 3 } },
    { when: 'on pictures with the channels first', channelsFirst: true, config: { units: 3 } },
  ],
  Embedding: [{ shape: [6], front: [], config: { inputDim: 5, outputDim: 4 } }],
  LayerNormalization: [
    { when: 'over the channels', config: { axis: -1 } },
    { when: 'over other axes', config: { axis: [1, 2] } },
  ],
  ThresholdedReLU: [{ config: { theta: 0.1 } }],
  PReLU: [{ config: { sharedAxes: [1, 2] } }],
  Activation: [
    { when: 'softmax over the channels', config: { activation: 'softmax' } },
    { when: 'any other function or axis', config: { activation: 'softplus' } },
  ],
  Softmax: [
    { when: 'softmax over the channels', config: { axis: -1 } },
    { when: 'any other function or axis', config: { axis: 1 } },
  ],
  Dropout: [{ config: { rate: 0.5 } }],
  SpatialDropout1D: [{ shape: sequence, config: { rate: 0.5 } }],
  GaussianNoise: [{ config: { stddev: 1 } }],
  GaussianDropout: [{ config: { rate: 0.5 } }],
  AlphaDropout: [{ config: { rate: 0.5 } }],
  Rescaling: [{ config: { scale: 2 } }],
  MaxPooling2D: inFormat(),
  AveragePooling2D: inFormat(),
  MaxPooling3D: inFormat({ poolSize: 2 }),
  AveragePooling3D: inFormat({ poolSize: 2 }),
  GlobalAveragePooling2D: inFormat(),
  GlobalMaxPooling2D: inFormat(),
  ZeroPadding2D: inFormat({ padding: 1 }),
  Cropping2D: inFormat({ cropping: 1 }),
  UpSampling2D: inFormat(),
  CenterCrop: inFormat({ height: 2, width: 2 }),
  Resizing: [{ config: { height: 3, width: 3 } }],
  RandomWidth: [{ config: { factor: 0.5 } }],
  Flatten: [{ when: 'behind 6 × 6 places', config: {} }],
  Reshape: [
    { when: 'where each keeps indices of its own', config: { targetShape: [36, 4] } },
    { when: 'from dense units to pictures', shape: [2], front: [12], config: { targetShape: [2, 2, 3] } },
    { when: 'otherwise', shape: places, config: { targetShape: [24, 6] } },
  ],
  RepeatVector: [{ shape: [2], config: { n: 2 } }],
  Permute: [{ config: { dims: [2, 1, 3] } }],
  Add: merge,
  Multiply: merge,
  Average: merge,
  Maximum: merge,
  Minimum: merge,
  Concatenate: [
    { when: 'along the channels', front: pair },
    { when: 'along another axis', front: pair, config: { axis: 1 } },
  ],
  Dot: [{ shape: [2], front: pair, config: { axes: 1 } }],
  Masking: [{ shape: sequence }],
  // another number of tokens than 4 would overwrite the shape of the four channels in front of it
  CategoryEncoding: [{ shape: [2], config: { numTokens: 4, outputMode: 'multiHot' } }],
  SimpleRNN: recurrent,
  GRU: recurrent,
  LSTM: recurrent,
  ConvLSTM2D: [{ shape: steps, config: lstmOfPictures }],
  RNN: inside(gruCell),
  SimpleRNNCell: inside(() => tf.layers.simpleRNNCell({ units: 3 })),
  GRUCell: inside(gruCell),
  LSTMCell: inside(() => tf.layers.lstmCell({ units: 3 })),
  ConvLSTM2DCell: [{ shape: steps, layer: () => tf.layers.convLstm2d({ name: 'x', ...lstmOfPictures }) }],
  StackedRNNCells: inside(() => tf.layers.stackedRNNCells({ cells: [gruCell(), gruCell()] })),
  TimeDistributed: [
    { shape: sequence, layer: () => tf.layers.timeDistributed({ name: 'x', layer: dense() }) },
  ],
  Bidirectional: [
    {
      shape: sequence,
      layer: () => tf.layers.bidirectional({ name: 'x', layer: gru() as tf.RNN, mergeMode: 'concat' }),
    },
  ],
};
