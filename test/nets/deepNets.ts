import { tf } from '../../src/backend/tf';
import { type SeededLayers, seededLayers } from '../../src/nets/seededLayers';

type Tensor = tf.SymbolicTensor;

/** Small enough that the layers' number decides what pruning costs, not their weights. */
const WIDTH = 8;

/**
 * `blocks` of convolution, batch norm and ReLU in a row (conv1, norm1, act1, conv2, ...) on pictures of 4 x 4, and
 * a dense layer with two outputs behind them.
 */
export function plainChain(blocks: number): tf.LayersModel {
  return chain(blocks, (x, i, layers) => convNormRelu(x, `${i}`, WIDTH, layers));
}

/**
 * The same with each block's input joined to its output, so that the channels of all blocks are one group. By their
 * mean: a thousand sums in a row would leave float32's range.
 */
export function residualChain(blocks: number): tf.LayersModel {
  return chain(blocks, (x, i, layers) => {
    const y = convNormRelu(x, `${i}`, WIDTH, layers);
    return i === 1 ? y : (tf.layers.average({ name: `mean${i}` }).apply([x, y]) as Tensor);
  });
}

/** As in DenseNet: each block reads what all blocks before it have made, and adds two channels. */
export function denseChain(blocks: number): tf.LayersModel {
  return chain(blocks, (x, i, layers) => {
    const y = convNormRelu(x, `${i}`, 2, layers);
    return tf.layers.concatenate({ name: `join${i}` }).apply([x, y]) as Tensor;
  });
}

/** A model in a model in a model: each level has a block of its own and the next level behind it. */
export function nestedChain(levels: number): tf.LayersModel {
  const layers = seededLayers({ seed: 0, freshNorms: false });
  let inner: tf.LayersModel | undefined;
  for (let level = levels; level >= 1; level--) {
    const input = tf.input({ shape: [4, 4, WIDTH], name: `input${level}` });
    const x = convNormRelu(input, `${level}`, WIDTH, layers);
    inner = tf.model({
      inputs: input,
      outputs: inner ? (inner.apply(x) as Tensor) : x,
      name: `level${level}`,
    });
  }
  return chain(1, (x) => (inner as tf.LayersModel).apply(x) as Tensor);
}

function chain(
  blocks: number,
  block: (x: Tensor, number: number, layers: SeededLayers) => Tensor,
): tf.LayersModel {
  const layers = seededLayers({ seed: 0, freshNorms: false });
  const input = tf.input({ shape: [4, 4, WIDTH], name: 'input' });
  let x = input;
  for (let i = 1; i <= blocks; i++) x = block(x, i, layers);
  const pooled = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as Tensor;
  return tf.model({ inputs: input, outputs: layers.dense(pooled, 'classes', 2) });
}

function convNormRelu(x: Tensor, number: string, filters: number, { convNorm }: SeededLayers): Tensor {
  const y = convNorm(x, `conv${number}`, { filters });
  return tf.layers.reLU({ name: `act${number}` }).apply(y) as Tensor;
}
