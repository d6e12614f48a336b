import { tf } from '../backend/tf';
import type { NetOptions } from './netOptions';
import { requireOptions } from './requireOptions';
import { requireWidths } from './requireWidths';
import { type SeededLayers, seededLayers } from './seededLayers';

export interface YoloBlockOptions extends NetOptions {
  /** Height and width of the input in pixels; the stem halves it, rounding up. Default 32. */
  inputSize?: number;
  /** Channels between the parts; each half of the split has half of them. An even number, default 32. */
  width?: number;
  /** How many bottlenecks one half of the split goes through. Default 2. */
  bottlenecks?: number;
  /** How many numbers there are for each place of the picture. Default 8. */
  outputs?: number;
}

const OPTIONS = ['inputSize', 'inChannels', 'width', 'bottlenecks', 'outputs', 'freshNorms', 'seed'] as const;

/**
 * The parts that YOLO detectors are made of, once each, in the manner of YOLOv5: a split of the channels by two
 * 1x1 convolutions, one half through residual bottlenecks, both behind one another and mixed (C3, after Wang et
 * al. 2019, arxiv.org/abs/1911.11929); then SPPF, three 5x5 maxima one after another, all four pictures behind one
 * another (after He et al. 2014, arxiv.org/abs/1406.4729); and a 1x1 convolution with bias that says what is where.
 * Every other convolution has batch norm and SiLU (TensorFlow.js calls it swish).
 *
 * Layers: stem_conv; left_conv, right_conv; bottleneck{i}_conv1, _conv2, _add; join, join_conv; pyramid_conv1,
 * pyramid_pool1..3, pyramid_join, pyramid_conv2; detect. For each conv a norm and an act of the same name.
 *
 * @returns a model [batch, inputSize, inputSize, inChannels] -> [batch, half, half, outputs]; dispose it with
 *   `model.dispose()`.
 * @throws RangeError for sizes that are not positive integers, a width that is odd, or a seed that is not an
 *   integer; TypeError for an unknown option.
 */
export function yoloBlock(options: YoloBlockOptions = {}): tf.LayersModel {
  requireOptions(options, OPTIONS, '{ inputSize: 8 }');
  const {
    inputSize = 32,
    inChannels = 3,
    width = 32,
    bottlenecks = 2,
    outputs = 8,
    freshNorms = false,
    seed = 0,
  } = options;
  requireWidths({ inputSize, inChannels, width, bottlenecks, outputs });
  if (width % 2 !== 0) throw new RangeError(`width must be even, but it is ${width}.`);
  const layers = seededLayers({ seed, freshNorms });
  const input = tf.input({ shape: [inputSize, inputSize, inChannels], name: 'input' });
  const stem = silu(layers.convNorm(input, 'stem_conv', { filters: width, strides: 2 }), 'stem_act');
  const mixed = splitAndJoin(stem, width, bottlenecks, layers);
  const seen = pyramid(mixed, width, layers);
  const found = layers.conv(seen, 'detect', { filters: outputs, kernelSize: 1, useBias: true });
  return tf.model({ inputs: input, outputs: found, name: 'YOLO' });
}

/** C3: half of the channels past the bottlenecks, half through them. */
function splitAndJoin(
  x: tf.SymbolicTensor,
  width: number,
  bottlenecks: number,
  { convNorm }: SeededLayers,
): tf.SymbolicTensor {
  const half = { filters: width / 2, kernelSize: 1 };
  let left = silu(convNorm(x, 'left_conv', half), 'left_act');
  for (let i = 1; i <= bottlenecks; i++) {
    const name = `bottleneck${i}`;
    const first = silu(convNorm(left, `${name}_conv1`, half), `${name}_act1`);
    const second = silu(convNorm(first, `${name}_conv2`, { filters: width / 2 }), `${name}_act2`);
    left = tf.layers.add({ name: `${name}_add` }).apply([left, second]) as tf.SymbolicTensor;
  }
  const right = silu(convNorm(x, 'right_conv', half), 'right_act');
  const joined = tf.layers.concatenate({ name: 'join' }).apply([left, right]) as tf.SymbolicTensor;
  return silu(convNorm(joined, 'join_conv', { filters: width, kernelSize: 1 }), 'join_act');
}

/** SPPF: each place sees 1, 5, 9 and 13 pixels around it. */
function pyramid(x: tf.SymbolicTensor, width: number, { convNorm }: SeededLayers): tf.SymbolicTensor {
  const first = convNorm(x, 'pyramid_conv1', { filters: width / 2, kernelSize: 1 });
  const levels = [silu(first, 'pyramid_act1')];
  for (let i = 1; i <= 3; i++) {
    const options = { name: `pyramid_pool${i}`, poolSize: 5, strides: 1, padding: 'same' as const };
    levels.push(tf.layers.maxPooling2d(options).apply(levels[i - 1]) as tf.SymbolicTensor);
  }
  const joined = tf.layers.concatenate({ name: 'pyramid_join' }).apply(levels) as tf.SymbolicTensor;
  return silu(convNorm(joined, 'pyramid_conv2', { filters: width, kernelSize: 1 }), 'pyramid_act2');
}

function silu(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return tf.layers.activation({ name, activation: 'swish' }).apply(x) as tf.SymbolicTensor;
}
