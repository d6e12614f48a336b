import { tf } from '../../src/backend/tf';

export type Tensor = tf.SymbolicTensor;

/** Random choices, and the layers of one net: names count up, so that a net reads well in an error. */
export class NetBuilder {
  readonly outputs: Tensor[] = [];
  constructor(
    readonly next: () => number,
    readonly channelsFirst: boolean,
  ) {}

  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)];
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  get dataFormat(): 'channelsFirst' | 'channelsLast' {
    return this.channelsFirst ? 'channelsFirst' : 'channelsLast';
  }

  axis(x: Tensor): number {
    return this.channelsFirst ? 1 : x.shape.length - 1;
  }

  channels(x: Tensor): number {
    return x.shape[this.axis(x)] as number;
  }

  /** The sizes of the axes between batch and channels. */
  positions(x: Tensor): number[] {
    return x.shape.filter((_, axis) => axis > 0 && axis !== this.axis(x)) as number[];
  }
}

export function on(layer: tf.layers.Layer, ...inputs: Tensor[]): Tensor {
  return layer.apply(inputs.length === 1 ? inputs[0] : inputs) as Tensor;
}

const FUNCTIONS = ['linear', 'relu', 'softplus', 'sigmoid', 'tanh', 'elu'] as const;

/** A convolution that leaves the size as it is. */
export function sameConv(net: NetBuilder, x: Tensor, filters = net.int(2, 7)): tf.layers.Layer {
  const options = {
    filters,
    kernelSize: net.int(1, 3),
    padding: 'same' as const,
    dataFormat: net.dataFormat,
    useBias: net.chance(0.6),
    activation: net.pick(FUNCTIONS),
  };
  if (x.shape.length === 3) return tf.layers.conv1d(options);
  if (x.shape.length === 5) {
    return !net.channelsFirst && net.chance(0.5)
      ? tf.layers.conv3dTranspose({ ...options, kernelSize: 2 })
      : tf.layers.conv3d({ ...options, kernelSize: net.int(1, 2) });
  }
  if (net.chance(0.25)) return tf.layers.conv2dTranspose(options);
  if (net.chance(0.25)) {
    // with channelsFirst and a bias TensorFlow.js cannot compute it
    const useBias = options.useBias && !net.channelsFirst;
    return tf.layers.separableConv2d({ ...options, useBias, depthMultiplier: net.int(1, 2) });
  }
  return tf.layers.conv2d(options);
}

/** A convolution that may change the size. */
export function anyConv(net: NetBuilder, x: Tensor): tf.layers.Layer {
  const sizes = net.positions(x);
  if (sizes.length !== 2) return sameConv(net, x);
  const [height, width] = sizes;
  const options = {
    filters: net.int(2, 7),
    kernelSize: [net.int(1, Math.min(3, height)), net.int(1, Math.min(3, width))],
    dataFormat: net.dataFormat,
    padding: net.pick(['same', 'valid'] as const),
    strides: Math.min(height, width) > 3 && net.chance(0.3) ? 2 : 1,
    useBias: net.chance(0.6),
    activation: net.pick(FUNCTIONS),
  };
  if (net.chance(0.3) && Math.max(height, width) < 8) return tf.layers.conv2dTranspose(options);
  return net.chance(0.2) ? sameConv(net, x) : tf.layers.conv2d(options);
}

/** Layers that do not mix channels, whatever the number of axes. */
export function channelwise(net: NetBuilder, x: Tensor): Tensor {
  const rank = x.shape.length;
  const axis = net.axis(x);
  const all = Array.from({ length: rank - 1 }, (_, i) => i + 1);
  const others = all.filter((each) => each !== axis);
  const choices: (() => tf.layers.Layer)[] = [
    () => tf.layers.reLU({ maxValue: 3 }),
    () => tf.layers.leakyReLU({ alpha: 0.2 }),
    () => tf.layers.elu(),
    () => tf.layers.thresholdedReLU({ theta: 0.1 }),
    () => tf.layers.prelu({ sharedAxes: net.pick([others, others.slice(1), [], all]) }),
    () => tf.layers.activation({ activation: net.pick(FUNCTIONS) }),
    () =>
      tf.layers.dropout({
        rate: 0.3,
        noiseShape: net.pick([undefined, [2, ...x.shape.slice(1)] as number[]]),
      }),
    () => tf.layers.gaussianNoise({ stddev: 1 }),
    () => tf.layers.gaussianDropout({ rate: 0.3 }),
    () => tf.layers.alphaDropout({ rate: 0.3 }),
    () => tf.layers.rescaling({ scale: 0.5, offset: 1 }),
  ];
  if (canNormalize(net, x)) {
    for (let i = 0; i < 4; i++) choices.push(() => normalization(net, axis));
  }
  if (rank === 3) {
    const droppedOut = () => tf.layers.spatialDropout1d({ rate: 0.3 } as never);
    choices.push(droppedOut, droppedOut, droppedOut, droppedOut);
  }
  if (others.length > 0 && rank < 5) choices.push(() => tf.layers.layerNormalization({ axis: others }));
  return on(net.pick(choices)(), x);
}

/**
 * On cpu and wasm TensorFlow.js 4.22 computes a batch normalisation wrongly whose axis is not the last (it takes
 * value i for one of channel i mod channels), and it has none for volumes.
 */
export function canNormalize(net: NetBuilder, x: Tensor): boolean {
  return x.shape.length < 5 && (net.axis(x) === x.shape.length - 1 || tf.getBackend() === 'tensorflow');
}

function normalization(net: NetBuilder, axis: number): tf.layers.Layer {
  return tf.layers.batchNormalization({ axis, scale: net.chance(0.8), center: net.chance(0.8) });
}

/** Layers that work on the positions only, or on each channel by itself. */
export function spatial(net: NetBuilder, x: Tensor): Tensor {
  const { dataFormat } = net;
  const sizes = net.positions(x);
  const large = Math.min(...sizes) >= 4;
  const padding = net.pick(['same', 'valid'] as const);
  if (sizes.length === 1) {
    if (!large) return x;
    const options = { poolSize: 2, strides: 1, padding };
    return on(net.pick([tf.layers.maxPooling1d, tf.layers.averagePooling1d])(options), x);
  }
  if (sizes.length === 3) {
    const options = {
      poolSize: 2,
      strides: 1,
      padding: Math.min(...sizes) > 2 ? padding : 'same',
      dataFormat,
    } as never;
    return on(net.pick([tf.layers.maxPooling3d, tf.layers.averagePooling3d])(options), x);
  }
  const small = Math.max(...sizes) < 8;
  const pool = {
    poolSize: net.int(1, 3),
    strides: large ? net.int(1, 2) : 1,
    padding: 'same' as const,
    dataFormat,
  };
  const choices: (() => tf.layers.Layer)[] = [
    () => tf.layers.maxPooling2d(pool),
    () => tf.layers.averagePooling2d(pool),
    () => depthwise(net),
    () => depthwise(net),
  ];
  if (small) {
    choices.push(() => tf.layers.zeroPadding2d({ padding: [[0, 1], [1, 0]], dataFormat })); // biome-ignore format: one line
    choices.push(() => tf.layers.zeroPadding2d({ padding: 1, dataFormat }));
    if (Math.min(...sizes) < 5) choices.push(() => tf.layers.upSampling2d({ size: [2, 1], dataFormat }));
    if (Math.min(...sizes) < 4) choices.push(() => tf.layers.upSampling2d({ size: [1, 2], dataFormat }));
  }
  if (Math.min(...sizes) > 2) {
    choices.push(() => tf.layers.cropping2D({ cropping: [[1, 0], [0, 1]], dataFormat })); // biome-ignore format: one line
    choices.push(() => tf.layers.cropping2D({ cropping: 1, dataFormat }));
  }
  if (!net.channelsFirst && Math.min(...sizes) > 2) {
    choices.push(() => tf.layers.centerCrop({ height: 3, width: 3 }));
    choices.push(() => tf.layers.centerCrop({ height: 2, width: 3 }));
  }
  return on(net.pick(choices)(), x);
}

function depthwise(net: NetBuilder): tf.layers.Layer {
  return tf.layers.depthwiseConv2d({
    kernelSize: net.int(1, 3),
    padding: 'same',
    depthMultiplier: net.int(1, 2),
    dataFormat: net.dataFormat,
    useBias: net.chance(0.6),
    activation: net.pick(FUNCTIONS),
  });
}

/** One of the five layers that join equal shapes. */
export function merge(net: NetBuilder): tf.layers.Layer {
  const { add, average, maximum, minimum, multiply } = tf.layers;
  return net.pick([add, average, maximum, minimum, multiply])();
}

/** A softmax, a recurrent layer or another one that protects what is in front of it; keeps the shape. */
export function coupling(net: NetBuilder, x: Tensor): Tensor {
  const axis = net.axis(x);
  const choices: (() => tf.layers.Layer)[] = [() => tf.layers.activation({ activation: 'softmax' })];
  if (x.shape.length < 5) choices.push(() => tf.layers.layerNormalization({ axis }));
  const last = x.shape[x.shape.length - 1] as number;
  if (!net.channelsFirst) {
    choices.push(() => tf.layers.softmax({ axis: -1 }));
  }
  if (x.shape.length === 3) {
    choices.push(
      () => tf.layers.lstm({ units: last, returnSequences: true }),
      () =>
        tf.layers.bidirectional({
          layer: tf.layers.gru({ units: last, returnSequences: true }),
          mergeMode: 'sum',
        } as never),
      () => tf.layers.timeDistributed({ layer: tf.layers.dense({ units: last }) }),
    );
  }
  return on(net.pick(choices)(), x);
}
