import { tf } from '../backend/tf';
import type { NetOptions } from './netOptions';
import { requireOptions } from './requireOptions';
import { requireWidths } from './requireWidths';
import { type SeededLayers, seededLayers } from './seededLayers';

export interface ResNetOptions extends NetOptions {
  /** Height and width of the input in pixels; each stage but the first halves it, rounding up. Default 32. */
  inputSize?: number;
  /** Channels of each stage. Default [16, 32, 64]. */
  widths?: number[];
  /** Residual blocks in each stage. Default 2. */
  blocks?: number;
  /** How many outputs there are. Default 10. */
  classes?: number;
}

const OPTIONS = ['inputSize', 'inChannels', 'widths', 'blocks', 'classes', 'freshNorms', 'seed'] as const;

/**
 * A ResNet of basic blocks (He et al. 2015, arxiv.org/abs/1512.03385): two 3x3 convolutions with batch norm,
 * added to what came in. The first block of a stage that halves the picture, or whose width is another one, adds
 * its input through a 1x1 convolution with batch norm (a projection), every other one adds it as it is.
 *
 * Layers: stem_conv, stem_norm, stem_act; in block b of stage s (from 1) stage{s}_block{b}_conv1, _norm1, _act1,
 * _conv2, _norm2, _skip_conv and _skip_norm where there is a projection, _add, _act2; pool, classes.
 *
 * @returns a model [batch, inputSize, inputSize, inChannels] -> [batch, classes] logits; dispose it with
 *   `model.dispose()`.
 * @throws RangeError for sizes that are not positive integers, or a seed that is not an
 *   integer; TypeError for an unknown option.
 */
export function resNet(options: ResNetOptions = {}): tf.LayersModel {
  requireOptions(options, OPTIONS, '{ inputSize: 8 }');
  const {
    inputSize = 32,
    inChannels = 3,
    widths = [16, 32, 64],
    blocks = 2,
    classes = 10,
    freshNorms = false,
    seed = 0,
  } = options;
  requireWidths({ inputSize, inChannels, widths, blocks, classes });
  const layers = seededLayers({ seed, freshNorms });
  const input = tf.input({ shape: [inputSize, inputSize, inChannels], name: 'input' });
  let x = relu(layers.convNorm(input, 'stem_conv', { filters: widths[0] }), 'stem_act');
  widths.forEach((filters, stage) => {
    for (let block = 0; block < blocks; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1;
      x = basicBlock(x, `stage${stage + 1}_block${block + 1}`, { filters, strides }, layers);
    }
  });
  const pooled = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: layers.dense(pooled, 'classes', classes), name: 'ResNet' });
}

function basicBlock(
  x: tf.SymbolicTensor,
  name: string,
  { filters, strides }: { filters: number; strides: number },
  { convNorm }: SeededLayers,
): tf.SymbolicTensor {
  const first = relu(convNorm(x, `${name}_conv1`, { filters, strides }), `${name}_act1`);
  const second = convNorm(first, `${name}_conv2`, { filters });
  const isSame = strides === 1 && x.shape[3] === filters;
  const skip = isSame ? x : convNorm(x, `${name}_skip_conv`, { filters, strides, kernelSize: 1 });
  const sum = tf.layers.add({ name: `${name}_add` }).apply([second, skip]) as tf.SymbolicTensor;
  return relu(sum, `${name}_act2`);
}

function relu(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return tf.layers.reLU({ name }).apply(x) as tf.SymbolicTensor;
}
