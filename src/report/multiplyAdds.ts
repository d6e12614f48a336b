import type { tf } from '../backend/tf';
import { weightNameOf } from '../pruning/layerWeight';
import { sizeOf } from './countParameters';
import { type LayerCall, layerCalls } from './layerCalls';

export interface MultiplyAdds {
  total: number;
  /** The layers that have any, in the model's order; a layer that is used twice counts twice. */
  layers: { name: string; multiplyAdds: number }[];
}

/** Which weights a layer type multiplies with, and where: once at every position of its output, or its input. */
interface Rule {
  weights: string[];
  at: 'output' | 'input';
}

const CONVOLUTION: Rule = { weights: ['kernel'], at: 'output' };
// A transposed convolution lays its kernel down once at every position of its input.
const TRANSPOSED: Rule = { weights: ['kernel'], at: 'input' };
const NONE: Rule = { weights: [], at: 'output' };

/** One entry a layer type. Biases, normalisations and lookups are not convolutions or matrix products. */
const RULES: Record<string, Rule> = {
  Conv1D: CONVOLUTION,
  Conv2D: CONVOLUTION,
  Conv3D: CONVOLUTION,
  Conv2DTranspose: TRANSPOSED,
  Conv3DTranspose: TRANSPOSED,
  DepthwiseConv2D: { weights: ['depthwise_kernel'], at: 'output' },
  SeparableConv2D: { weights: ['depthwise_kernel', 'pointwise_kernel'], at: 'output' },
  Dense: { weights: ['kernel'], at: 'output' },
  BatchNormalization: NONE,
  LayerNormalization: NONE,
  PReLU: NONE,
  Embedding: NONE,
};

/**
 * Counts the multiply-adds of one sample: those of convolutions and dense layers; bias, normalisation,
 * activation, pooling and everything else excluded. Multiplications by padding count, as is usual.
 *
 * @throws RangeError that names the layer, where its size is not fixed (a model without a fixed input size),
 *   or where a layer with weights has no entry in the rules.
 */
export function multiplyAdds(model: tf.LayersModel): MultiplyAdds {
  const counted = tryMultiplyAdds(model);
  if (typeof counted === 'string') throw new RangeError(counted);
  return counted;
}

/** The same, but where it cannot be counted the answer is the reason, one sentence. */
export function tryMultiplyAdds(model: tf.LayersModel): MultiplyAdds | string {
  const products = tryWeightProducts(model);
  if (typeof products === 'string') return products;
  const perLayer = new Map<string, number>();
  for (const { call, weight, positions } of products) {
    const count = sizeOf(weight.shape) * positions;
    if (count > 0) perLayer.set(call.name, (perLayer.get(call.name) ?? 0) + count);
  }
  const layers = Array.from(perLayer, ([name, count]) => ({ name, multiplyAdds: count }));
  return { total: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0), layers };
}

/** A weight with each of whose numbers one use of a layer multiplies `positions` times a sample. */
export interface WeightProduct {
  call: LayerCall;
  weight: tf.layers.Layer['weights'][number];
  positions: number;
}

/** All products that are counted, or the reason why they cannot be, one sentence. */
export function tryWeightProducts(model: tf.LayersModel): WeightProduct[] | string {
  const products: WeightProduct[] = [];
  for (const call of layerCalls(model)) {
    const { name, layer, inputShapes, outputShape } = call;
    const rule = RULES[layer.getClassName()];
    if (!rule) {
      if (layer.weights.length === 0) continue;
      return `The multiply-adds of the layer '${name}' cannot be counted: there is no rule for a ${layer.getClassName()}.`;
    }
    const positions = positionsOf(call, rule.at === 'output' ? outputShape : inputShapes[0]);
    const weights = layer.weights.filter((weight) => rule.weights.includes(weightNameOf(weight)));
    if (weights.length > 0 && Number.isNaN(positions)) {
      return (
        `The multiply-adds of the layer '${name}' cannot be counted: its output shape ` +
        `[${outputShape.map(String).join(', ')}] is not fixed. Build the model with a fixed input size, ` +
        `e.g. inputShape: [32, 32, 3].`
      );
    }
    products.push(...weights.map((weight) => ({ call, weight, positions })));
  }
  return products;
}

/** How often the weights are applied: the size of a shape without its batch and channel axes. */
function positionsOf({ layer }: LayerCall, shape: tf.Shape): number {
  const channelsFirst = layer.getConfig().dataFormat === 'channelsFirst';
  return sizeOf(channelsFirst ? shape.slice(2) : shape.slice(1, -1));
}
