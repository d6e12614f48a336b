import type { tf } from '../backend/tf';
import { countParameters, parametersOf, sizeOf } from './countParameters';
import { type LayerCall, layerCalls } from './layerCalls';
import { tryMultiplyAdds } from './multiplyAdds';

/** A figure of the model before and after. */
export interface BeforeAfter<T = number> {
  before: T;
  after: T;
}

export interface LayerComparison {
  name: string;
  className: string;
  /** Shape of the layer's largest weight, e.g. [kh, kw, in, out] of a convolution. */
  kernel: BeforeAfter<number[]>;
  /** Output channels. */
  channels: BeforeAfter;
  /** The share of the output channels that is gone, 0 to 1. */
  cut: number;
  parameters: BeforeAfter;
  /** Of one sample; null where they cannot be counted. */
  multiplyAdds: BeforeAfter<number | null>;
  /** Memory of all the layer's weights. */
  bytes: BeforeAfter;
}

export interface Comparison {
  /** The layers that have weights, in the model's order. */
  layers: LayerComparison[];
  parameters: BeforeAfter;
  /** The share of the parameters that is gone, 0 to 1. */
  removed: number;
  /** Convolutions and dense layers, one sample, bias excluded; null where they cannot be counted. */
  multiplyAdds: BeforeAfter<number | null>;
  /** Why `multiplyAdds` is null, one sentence. */
  notCounted?: string;
  /** Memory of all weights. */
  bytes: BeforeAfter;
}

/**
 * What pruning bought: shapes, parameters, multiply-adds and memory of two models that have the same layers,
 * for each layer and in total. Plain data; `comparisonText` and `comparisonMarkdown` print it.
 *
 * @throws RangeError that names the layers, when the two models do not have the same layer names.
 */
export function compare(before: tf.LayersModel, after: tf.LayersModel): Comparison {
  const [old, now] = [weightedLayers(before), weightedLayers(after)];
  requireSameLayers(old, now);
  const [oldCount, nowCount] = [multiplyAddsOf(before), multiplyAddsOf(after)];
  const notCounted = oldCount.reason ?? nowCount.reason;
  const layers = Array.from(old, ([name, first]): LayerComparison => {
    const second = now.get(name) as LayerCall;
    const both = <T>(figure: (call: LayerCall) => T): BeforeAfter<T> => ({
      before: figure(first),
      after: figure(second),
    });
    const channels = both(channelsOf);
    return {
      name,
      className: first.layer.getClassName(),
      kernel: both(kernelShape),
      channels,
      cut: 1 - channels.after / channels.before,
      parameters: both(({ layer }) => parametersOf(layer.weights)),
      multiplyAdds: { before: oldCount.of(name), after: nowCount.of(name) },
      bytes: both(({ layer }) => bytesOf(layer.weights)),
    };
  });
  const parameters = { before: countParameters(before), after: countParameters(after) };
  return {
    layers,
    parameters,
    removed: 1 - parameters.after / parameters.before,
    multiplyAdds: { before: oldCount.total, after: nowCount.total },
    ...(notCounted && { notCounted }),
    bytes: { before: bytesOf(before.weights), after: bytesOf(after.weights) },
  };
}

function weightedLayers(model: tf.LayersModel): Map<string, LayerCall> {
  const weighted = layerCalls(model).filter(({ layer }) => layer.weights.length > 0);
  return new Map(weighted.map((call) => [call.name, call]));
}

function requireSameLayers(old: Map<string, LayerCall>, now: Map<string, LayerCall>): void {
  const only = (a: Map<string, LayerCall>, b: Map<string, LayerCall>) =>
    [...a.keys()].filter((name) => !b.has(name)).join(', ') || 'none';
  const [before, after] = [only(old, now), only(now, old)];
  if (before !== 'none' || after !== 'none') {
    throw new RangeError(
      `The models cannot be compared: their layers with weights must have the same names. ` +
        `Only in the first: ${before}. Only in the second: ${after}.`,
    );
  }
  if (old.size === 0)
    throw new RangeError('The models cannot be compared: neither has a layer with weights.');
}

function multiplyAddsOf(model: tf.LayersModel) {
  const counted = tryMultiplyAdds(model);
  if (typeof counted === 'string') return { total: null, of: () => null, reason: counted };
  const perLayer = new Map(counted.layers.map(({ name, multiplyAdds }) => [name, multiplyAdds]));
  return { total: counted.total, of: (name: string) => perLayer.get(name) ?? 0, reason: undefined };
}

/** The size of the axis that carries the channels: axis 1 of channelsFirst pictures, else the last. */
function channelsOf({ layer, outputShape }: LayerCall): number {
  const { dataFormat, axis } = layer.getConfig();
  const channelAxis = dataFormat === 'channelsFirst' ? 1 : typeof axis === 'number' ? axis : -1;
  return outputShape.slice(channelAxis)[0] as number;
}

function kernelShape({ layer }: LayerCall): number[] {
  const shapes = layer.weights.map(({ shape }) => shape as number[]);
  return shapes.reduce((largest, shape) => (sizeOf(shape) > sizeOf(largest) ? shape : largest));
}

/** float32: four bytes a number. */
function bytesOf(weights: tf.LayersModel['weights']): number {
  return weights.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
}
