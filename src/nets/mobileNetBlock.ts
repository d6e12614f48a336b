import { tf } from '../backend/tf';
import type { NetOptions } from './netOptions';
import { requireOptions } from './requireOptions';
import { requireWidths } from './requireWidths';
import { type SeededLayers, seededLayers } from './seededLayers';

export interface MobileNetBlockOptions extends NetOptions {
  /** Height and width of the input in pixels; the stem halves it, rounding up. Default 32. */
  inputSize?: number;
  /**
   * Channels of the stem, then of each block. A block as wide as the one before adds its input to its output,
   * every other one halves the picture. Default [16, 16, 24, 24].
   */
  widths?: number[];
  /** How many times as wide a block is inside. Default 6. */
  expansion?: number;
  /** How many outputs there are. Default 10. */
  classes?: number;
}

const OPTIONS = ['inputSize', 'inChannels', 'widths', 'expansion', 'classes', 'freshNorms', 'seed'] as const;

/**
 * A few blocks of MobileNet v2, inverted residuals with linear bottlenecks (Sandler et al. 2018,
 * arxiv.org/abs/1801.04381): a 1x1 convolution widens, a 3x3 depthwise one looks at each channel by itself, a 1x1
 * one narrows and has no activation behind it. Batch norm behind every convolution, ReLU6 behind the others.
 *
 * Layers: stem_conv; in block b (from 1) block{b}_expand_conv, _depthwise_conv, _project_conv and, where the input
 * is added, _add; for each conv a norm and an act of the same name; pool, classes.
 *
 * @returns a model [batch, inputSize, inputSize, inChannels] -> [batch, classes] logits; dispose it with
 *   `model.dispose()`.
 * @throws RangeError for sizes that are not positive integers, or a seed that is not an
 *   integer; TypeError for an unknown option.
 */
export function mobileNetBlock(options: MobileNetBlockOptions = {}): tf.LayersModel {
  requireOptions(options, OPTIONS, '{ inputSize: 8 }');
  const {
    inputSize = 32,
    inChannels = 3,
    widths = [16, 16, 24, 24],
    expansion = 6,
    classes = 10,
    freshNorms = false,
    seed = 0,
  } = options;
  requireWidths({ inputSize, inChannels, widths, expansion, classes });
  const layers = seededLayers({ seed, freshNorms });
  const input = tf.input({ shape: [inputSize, inputSize, inChannels], name: 'input' });
  let x = relu6(layers.convNorm(input, 'stem_conv', { filters: widths[0], strides: 2 }), 'stem_act');
  widths.slice(1).forEach((filters, index) => {
    x = invertedResidual(x, `block${index + 1}`, { filters, expansion }, layers);
  });
  const pooled = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: layers.dense(pooled, 'classes', classes), name: 'MobileNet' });
}

function invertedResidual(
  x: tf.SymbolicTensor,
  name: string,
  { filters, expansion }: { filters: number; expansion: number },
  { convNorm }: SeededLayers,
): tf.SymbolicTensor {
  const channels = x.shape[3] as number;
  const isSame = channels === filters;
  const expand = { filters: channels * expansion, kernelSize: 1 };
  const wide = relu6(convNorm(x, `${name}_expand_conv`, expand), `${name}_expand_act`);
  const looked = convNorm(wide, `${name}_depthwise_conv`, { strides: isSame ? 1 : 2 });
  const project = { filters, kernelSize: 1 };
  const narrow = convNorm(relu6(looked, `${name}_depthwise_act`), `${name}_project_conv`, project);
  if (!isSame) return narrow;
  return tf.layers.add({ name: `${name}_add` }).apply([x, narrow]) as tf.SymbolicTensor;
}

function relu6(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return tf.layers.reLU({ name, maxValue: 6 }).apply(x) as tf.SymbolicTensor;
}
