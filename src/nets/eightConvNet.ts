import { tf } from '../backend/tf';
import { requireSeed } from './fillUniform';
import { requireOptions } from './requireOptions';
import { requireWidths } from './requireWidths';
import { seededConv } from './seededConv';

export interface EightConvNetOptions {
  /** Height and width of the input in pixels; the weights do not depend on it. Default 32. */
  inputSize?: number;
  /** Channels of the input. Default 3. */
  inChannels?: number;
  /** Output channels of conv1, conv2, ...; any number of layers. Default the original's 32 to 4096. */
  widths?: number[];
  /** The same seed gives the same weights, bit for bit, on every engine. Default 0. */
  seed?: number;
}

export const ORIGINAL_WIDTHS = [32, 64, 128, 256, 512, 1024, 2048, 4096];
const KERNEL_SIZE = 3;

const OPTIONS = ['inputSize', 'inChannels', 'widths', 'seed'] as const;

/**
 * The network of the original project: eight 3x3 convolutions (stride 1, zero padding 1, no bias) with ReLU
 * between them and none after the last. Layers conv1, act1, conv2, ..., conv8; kernels [3, 3, in, out];
 * 100,658,016 parameters by default.
 *
 * The weights are drawn as PyTorch's Conv2d draws them, from U(-1/sqrt(fan_in), 1/sqrt(fan_in)) with
 * fan_in = 9 * in: Kaiming uniform with a = sqrt(5) (He et al. 2015, arxiv.org/abs/1502.01852).
 *
 * @returns a model [batch, inputSize, inputSize, inChannels] -> [batch, inputSize, inputSize, last width];
 *   dispose it with `model.dispose()`.
 * @throws RangeError for sizes and widths that are not positive integers, or a seed that is not an
 *   integer; TypeError for an unknown option.
 */
export function eightConvNet(options: EightConvNetOptions = {}): tf.LayersModel {
  requireOptions(options, OPTIONS, '{ inputSize: 8 }');
  const { inputSize = 32, inChannels = 3, widths = ORIGINAL_WIDTHS, seed = 0 } = options;
  requireWidths({ inputSize, inChannels, widths });
  requireSeed(seed);

  const input = tf.input({ shape: [inputSize, inputSize, inChannels], name: 'input' });
  let x = input;
  let channels = inChannels;
  widths.forEach((width, index) => {
    const bound = 1 / Math.sqrt(KERNEL_SIZE * KERNEL_SIZE * channels);
    const shape: [number, number, number, number] = [KERNEL_SIZE, KERNEL_SIZE, channels, width];
    x = seededConv({ position: index + 1, shape, bound, seed }).apply(x) as tf.SymbolicTensor;
    if (index < widths.length - 1) {
      x = tf.layers.reLU({ name: `act${index + 1}` }).apply(x) as tf.SymbolicTensor;
    }
    channels = width;
  });
  return tf.model({ inputs: input, outputs: x, name: 'Model' });
}
