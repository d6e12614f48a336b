import { createTensor } from '../backend/createTensor';
import { presetInitializer } from '../backend/presetInitializer';
import { tf } from '../backend/tf';
import { fillUniform, requireSeed } from './fillUniform';

export interface DigitsNetOptions {
  /** The same seed gives the same weights, bit for bit, on every engine. Default 0. */
  seed?: number;
}

const KERNEL_SIZE = 3;
const LAYERS = [
  { filters: 32, strides: 1 },
  { filters: 32, strides: 2 },
  { filters: 64, strides: 2 },
  { filters: 64, strides: 1 },
  { filters: 10, strides: 1 },
];

export function digitsNet({ seed = 0 }: DigitsNetOptions = {}): tf.LayersModel {
  requireSeed(seed);
  const input = tf.input({ shape: [28, 28, 1], name: 'input' });
  let x = input;
  let channels = 1;
  LAYERS.forEach(({ filters, strides }, index) => {
    x = conv(index + 1, channels, filters, strides, seed).apply(x) as tf.SymbolicTensor;
    if (index < LAYERS.length - 1) {
      x = tf.layers.reLU({ name: `act${index + 1}` }).apply(x) as tf.SymbolicTensor;
    }
    channels = filters;
  });
  x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: x, name: 'DigitsNet' });
}

function conv(position: number, channels: number, filters: number, strides: number, seed: number) {
  const bound = Math.sqrt(6 / (KERNEL_SIZE * KERNEL_SIZE * channels));
  const shape = [KERNEL_SIZE, KERNEL_SIZE, channels, filters];
  return tf.layers.conv2d({
    name: `conv${position}`,
    filters,
    kernelSize: KERNEL_SIZE,
    strides,
    padding: 'same',
    useBias: false,
    kernelInitializer: presetInitializer(
      tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed }),
      () => createTensor(shape, (values) => fillUniform(values, bound, seed, position)),
    ),
  });
}
