import { tf } from '../../src/backend/tf';
import type { KeptFilters } from './keptFilters';

export interface MaskedOutput {
  /** The masked model's output, all channels. */
  values: tf.Tensor;
  /** 1 where an output value is kept, 0 where its channel is cut; one sample, without the batch. */
  mask: tf.Tensor;
}

/** A tensor on its way through the net, and beside it, for one sample, 1 where it is kept and 0 where it is cut. */
interface Masked {
  x: tf.Tensor;
  mask: tf.Tensor;
}

/**
 * What the masked model computes, by a way that shares no code with src/pruning: the original's layers run one by
 * one, a 0/1 tensor goes along, and each layer that mixes channels reads its input multiplied by it.
 *
 * @param kept which filters are left, as `keptFilters` reads them off the pruned model.
 * @param cutThrough gets the class names of the layers that a cut channel went through.
 */
export function maskedOracle(
  model: tf.LayersModel,
  kept: KeptFilters,
  inputs: tf.Tensor[],
  cutThrough = new Set<string>(),
): MaskedOutput[] {
  const given = inputs.map((x) => ({ x, mask: tf.ones([1, ...x.shape.slice(1)]) }));
  return run(model, given, kept, cutThrough).map(({ x, mask }) => ({ values: x, mask }));
}

function run(model: tf.LayersModel, given: Masked[], kept: KeptFilters, cutThrough: Set<string>): Masked[] {
  const known = new Map<number, Masked>(model.inputs.map(({ id }, i) => [id, given[i]]));
  const resultOf = (symbolic: tf.SymbolicTensor): Masked => {
    const found = known.get(symbolic.id);
    if (found) return found;
    const { sourceLayer: layer, nodeIndex } = symbolic;
    const { inputTensors, outputTensors } = layer.inboundNodes[nodeIndex];
    const from = inputTensors.map(resultOf);
    const results =
      layer instanceof tf.LayersModel ? run(layer, from, kept, cutThrough) : [step(layer, from, kept)];
    if (!(layer instanceof tf.LayersModel) && [...from, results[0]].some(({ mask }) => isCut(mask))) {
      cutThrough.add(layer.getClassName());
    }
    outputTensors.forEach(({ id }, i) => {
      known.set(id, results[i]);
    });
    return known.get(symbolic.id) as Masked;
  };
  return model.outputs.map(resultOf);
}

/** One layer, by what RULES.md says of it. */
function step(layer: tf.layers.Layer, from: Masked[], kept: KeptFilters): Masked {
  const type = layer.getClassName();
  const config = layer.getConfig();
  const [{ x, mask }] = from;
  const first = config.dataFormat === 'channelsFirst';
  const axis = first ? 1 : x.rank - 1;
  const flags = kept.get(layer);
  const apply = (value: tf.Tensor | tf.Tensor[]) => layer.apply(value) as tf.Tensor;

  if (/^(Separable)?Conv.*D(Transpose)?$/.test(type) && flags) {
    const y = apply(x.mul(mask));
    return { x: y, mask: onAxis(flags, axis, y.shape) };
  }
  if (type === 'Dense' && flags) {
    const y = apply(x.mul(mask));
    // along the width of a channelsFirst picture the channels pass through
    const passing = mask.max(-1, true);
    return { x: y, mask: passing.mul(onAxis(flags, y.rank - 1, y.shape)) };
  }
  if (type === 'Embedding' && flags) {
    wholeOnly(mask, layer);
    const y = apply(x);
    return { x: y, mask: onAxis(flags, y.rank - 1, y.shape) };
  }
  if (type === 'DepthwiseConv2D') {
    const y = apply(x);
    const each = perChannel(mask, axis, layer).flatMap((flag) =>
      new Array<number>(config.depthMultiplier as number).fill(flag),
    );
    return { x: y, mask: onAxis(each, axis, y.shape) };
  }
  if (/^(Max|Average)Pooling|^(ZeroPadding|Cropping|UpSampling)2D|^(CenterCrop|Resizing)$/.test(type)) {
    const y = apply(x);
    if (!isCut(mask)) return { x: y, mask: tf.ones([1, ...y.shape.slice(1)]) };
    return { x: y, mask: onAxis(perChannel(mask, axis, layer), axis, y.shape) };
  }
  if (type.startsWith('Global')) {
    const y = apply(x);
    if (!isCut(mask)) return { x: y, mask: tf.ones([1, ...y.shape.slice(1)]) };
    return { x: y, mask: onAxis(perChannel(mask, axis, layer), 1, y.shape) };
  }
  // they move values and compute nothing: the mask moves as the values do
  if (/^(Flatten|Reshape|Permute|RepeatVector)$/.test(type)) return { x: apply(x), mask: apply(mask) };
  if (type === 'Concatenate') {
    return { x: apply(from.map((each) => each.x)), mask: apply(from.map((each) => each.mask)) };
  }
  if (/^(Add|Multiply|Average|Maximum|Minimum)$/.test(type)) return merged(from, apply);
  if (/^(LayerNormalization|Softmax|Activation)$/.test(type)) {
    const over = normalisedAxes(type, config);
    if (over) constantAlong(mask, over, layer);
    return { x: apply(x), mask };
  }
  if (ELEMENTWISE.test(type)) return { x: apply(x), mask };
  // nothing may be cut in front of any other layer
  for (const each of from) wholeOnly(each.mask, layer);
  const y = apply(from.length > 1 ? from.map((each) => each.x) : x);
  return { x: y, mask: tf.ones([1, ...y.shape.slice(1)]) };
}

const ELEMENTWISE =
  /^((Leaky|Thresholded)?ReLU|ELU|PReLU|BatchNormalization|(Spatial|Gaussian|Alpha)?Dropout(1D)?|GaussianNoise|Rescaling)$/;

function normalisedAxes(type: string, config: tf.serialization.ConfigDict): number[] | undefined {
  if (type === 'Activation') return /softmax/i.test(config.activation as string) ? [-1] : undefined;
  return [config.axis as number | number[]].flat();
}

/** An operand that is broadcast along the channels is whole; all others must have lost the same channels. */
function merged(from: Masked[], apply: (values: tf.Tensor[]) => tf.Tensor): Masked {
  const x = apply(from.map((each) => each.x));
  const rank = x.rank;
  const masks = from.map(({ mask }) => {
    const [batch, ...sizes] = mask.shape;
    return mask.reshape([batch, ...new Array<number>(rank - mask.rank).fill(1), ...sizes]);
  });
  const product = masks.reduce((all, mask) => all.mul(mask));
  for (const mask of masks) {
    const own = mask.shape.reduce((reduced, size, axis) => {
      return size === 1 ? reduced.max(axis, true) : reduced;
    }, product);
    if (own.notEqual(mask).any().dataSync()[0]) throw new Error('tied operands lost different channels');
  }
  return { x, mask: product };
}

function isCut(mask: tf.Tensor): boolean {
  return mask.min().dataSync()[0] === 0;
}

function wholeOnly(mask: tf.Tensor, { name }: tf.layers.Layer): void {
  if (isCut(mask)) throw new Error(`something was cut in front of ${name}`);
}

function constantAlong(mask: tf.Tensor, axes: number[], { name }: tf.layers.Layer): void {
  const same = mask.max(axes).equal(mask.min(axes)).all().dataSync()[0];
  if (!same) throw new Error(`something was cut along the axes of ${name}`);
}

/** Which channels of a mask are 1; it must say the same at every position. */
function perChannel(mask: tf.Tensor, axis: number, layer: tf.layers.Layer): number[] {
  const positions = mask.shape.map((_, each) => each).filter((each) => each !== axis);
  constantAlong(mask, positions, layer);
  return Array.from(mask.max(positions).dataSync());
}

/** Flags on one axis of a shape, the same at every position of one sample. */
function onAxis(flags: number[], axis: number, shape: number[]): tf.Tensor {
  const sizes = shape.map((_, each) => (each === axis ? flags.length : 1));
  return tf.tensor(flags, sizes).broadcastTo([1, ...shape.slice(1)]);
}
