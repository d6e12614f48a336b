import { tf } from '../backend/tf';
import { requireSeed } from './fillUniform';
import { requireOptions } from './requireOptions';
import { seededConv } from './seededConv';

export interface DigitsNetOptions {
  /** The same seed gives the same weights, bit for bit, on every engine. Default 0. */
  seed?: number;
}

const KERNEL_SIZE = 3;
/** Wide enough that channels can be spared; two strides of 2 shrink the picture from 28 to 14 to 7 pixels. */
const CONVOLUTIONS = [
  { filters: 32, strides: 1 },
  { filters: 32, strides: 2 },
  { filters: 64, strides: 2 },
  { filters: 64, strides: 1 },
  { filters: 10, strides: 1 },
];

const OPTIONS = ['seed'] as const;

/**
 * A network that can learn to read digits, not trained: five 3x3 convolutions without bias, ReLU between them,
 * and the mean of each of the last ten channels as the output for a digit. Layers conv1, act1, conv2, ..., conv5,
 * pool; kernels [3, 3, in, out]; 70,560 parameters. As in `eightConvNet`, every parameter belongs to a filter.
 *
 * The outputs are logits: softmax would not change which is the largest, and hides how far outputs move.
 *
 * The weights are drawn from U(-sqrt(6/fan_in), sqrt(6/fan_in)), fan_in = 9 * in, which keeps the size of what
 * passes through ReLU (He et al. 2015, arxiv.org/abs/1502.01852).
 *
 * @returns a model [batch, 28, 28, 1] -> [batch, 10]; dispose it with `model.dispose()`.
 * @throws RangeError for a seed that is not an integer; TypeError for an unknown option.
 */
export function digitsNet(options: DigitsNetOptions = {}): tf.LayersModel {
  requireOptions(options, OPTIONS, '{ seed: 1 }');
  const { seed = 0 } = options;
  requireSeed(seed);
  const input = tf.input({ shape: [28, 28, 1], name: 'input' });
  let x = input;
  let channels = 1;
  CONVOLUTIONS.forEach(({ filters, strides }, index) => {
    const bound = Math.sqrt(6 / (KERNEL_SIZE * KERNEL_SIZE * channels));
    const shape: [number, number, number, number] = [KERNEL_SIZE, KERNEL_SIZE, channels, filters];
    x = seededConv({ position: index + 1, shape, bound, seed, strides }).apply(x) as tf.SymbolicTensor;
    if (index < CONVOLUTIONS.length - 1) {
      x = tf.layers.reLU({ name: `act${index + 1}` }).apply(x) as tf.SymbolicTensor;
    }
    channels = filters;
  });
  x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: x, name: 'Digits' });
}
