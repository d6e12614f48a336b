import { tf } from '../backend/tf';
import type { NetOptions } from './netOptions';
import { requireOptions } from './requireOptions';
import { requireWidths } from './requireWidths';
import { seededLayers } from './seededLayers';

const STAGES = [16, 32, 64].map((width) => [width, width]);

export interface VggNetOptions extends NetOptions {
  /** Height and width of the input in pixels; each stage halves it, rounding down. Default 32. */
  inputSize?: number;
  /** Output channels of the convolutions, stage by stage. Default [[16, 16], [32, 32], [64, 64]]. */
  stages?: number[][];
  /** How many outputs there are. Default 10. */
  classes?: number;
}

const OPTIONS = ['inputSize', 'inChannels', 'stages', 'classes', 'freshNorms', 'seed'] as const;

/**
 * VGG with batch norm (Simonyan & Zisserman 2014, arxiv.org/abs/1409.1556): 3x3 convolutions without bias, each
 * with batch norm and ReLU, a 2x2 maximum behind every stage, and a dense layer on the flattened picture. Layers
 * conv1, norm1, act1, conv2, ..., pool1, ..., flatten, classes; the outputs are logits.
 *
 * @returns a model [batch, inputSize, inputSize, inChannels] -> [batch, classes]; dispose it with `model.dispose()`.
 * @throws RangeError for sizes that are not positive integers, a picture that is too small for the stages, or a
 *   seed that is not an integer; TypeError for an unknown option.
 */
export function vggNet(options: VggNetOptions = {}): tf.LayersModel {
  requireOptions(options, OPTIONS, '{ inputSize: 8 }');
  const {
    inputSize = 32,
    inChannels = 3,
    stages = STAGES,
    classes = 10,
    freshNorms = false,
    seed = 0,
  } = options;
  requireWidths({ inputSize, inChannels, stages, classes });
  if (inputSize < 2 ** stages.length) {
    throw new RangeError(
      `inputSize must be at least ${2 ** stages.length} for ${stages.length} stages that halve it, but it is ${inputSize}.`,
    );
  }
  const { convNorm, dense } = seededLayers({ seed, freshNorms });
  const input = tf.input({ shape: [inputSize, inputSize, inChannels], name: 'input' });
  let x = input;
  let position = 0;
  stages.forEach((widths, stage) => {
    for (const filters of widths) {
      position++;
      x = convNorm(x, `conv${position}`, { filters });
      x = tf.layers.reLU({ name: `act${position}` }).apply(x) as tf.SymbolicTensor;
    }
    x = tf.layers.maxPooling2d({ name: `pool${stage + 1}`, poolSize: 2 }).apply(x) as tf.SymbolicTensor;
  });
  const flat = tf.layers.flatten({ name: 'flatten' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: dense(flat, 'classes', classes), name: 'VGG' });
}
