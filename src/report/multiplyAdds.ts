import type { tf } from '../backend/tf';
import { weightNameOf } from '../pruning/layerWeight';
import { sizeOf } from './countParameters';
import { type LayerCall, layerCalls } from './layerCalls';

export interface MultiplyAdds {
  total: number;
  /** The layers that have any, in the model's order; a layer that is used twice counts twice. */
  layers: { name: string; multiplyAdds: number }[];
}

/** One entry a layer type. Biases, normalisations and lookups are not convolutions or matrix products: 0. */
const RULES: Record<string, (call: LayerCall) => number> = {
  Conv1D: (call) => kernelSize(call, 'kernel') * positions(call, call.outputShape),
  Conv2D: (call) => kernelSize(call, 'kernel') * positions(call, call.outputShape),
  Conv3D: (call) => kernelSize(call, 'kernel') * positions(call, call.outputShape),
  // A transposed convolution lays its kernel down once at every position of its input.
  Conv2DTranspose: (call) => kernelSize(call, 'kernel') * positions(call, call.inputShapes[0]),
  Conv3DTranspose: (call) => kernelSize(call, 'kernel') * positions(call, call.inputShapes[0]),
  DepthwiseConv2D: (call) => kernelSize(call, 'depthwise_kernel') * positions(call, call.outputShape),
  SeparableConv2D: (call) =>
    (kernelSize(call, 'depthwise_kernel') + kernelSize(call, 'pointwise_kernel')) *
    positions(call, call.outputShape),
  Dense: (call) => kernelSize(call, 'kernel') * positions(call, call.outputShape),
  BatchNormalization: () => 0,
  LayerNormalization: () => 0,
  PReLU: () => 0,
  Embedding: () => 0,
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
  const perLayer = new Map<string, number>();
  for (const call of layerCalls(model)) {
    const { name, layer, outputShape } = call;
    const type = layer.getClassName();
    if (!RULES[type]) {
      if (layer.weights.length === 0) continue;
      return `The multiply-adds of the layer '${name}' cannot be counted: there is no rule for a ${type}.`;
    }
    const count = RULES[type](call);
    if (Number.isNaN(count)) {
      return (
        `The multiply-adds of the layer '${name}' cannot be counted: its output shape ` +
        `[${outputShape.map(String).join(', ')}] is not fixed. Build the model with a fixed input size, ` +
        `e.g. inputShape: [32, 32, 3].`
      );
    }
    if (count > 0) perLayer.set(name, (perLayer.get(name) ?? 0) + count);
  }
  const layers = Array.from(perLayer, ([name, count]) => ({ name, multiplyAdds: count }));
  return { total: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0), layers };
}

function kernelSize({ layer }: LayerCall, weightName: string): number {
  const kernel = layer.weights.find((weight) => weightNameOf(weight) === weightName);
  return sizeOf(kernel?.shape ?? []);
}

/** How often the kernel is applied: the size of a shape without its batch and channel axes. */
function positions({ layer }: LayerCall, shape: tf.Shape): number {
  const channelsFirst = layer.getConfig().dataFormat === 'channelsFirst';
  return sizeOf(channelsFirst ? shape.slice(2) : shape.slice(1, -1));
}
