import type { ChannelGraph, Channels } from '../channelGraph';
import type { LayerUse } from '../layerUse';

/** Scale, shift and the two running statistics: one number a channel each, those that exist. */
export function batchNormalization(use: LayerUse, graph: ChannelGraph): Channels {
  const { layer, name, inputs, inputShapes } = use;
  const { axis, scale, center } = layer.getConfig() as { axis: number; scale: boolean; center: boolean };
  const normalised = axis < 0 ? axis + inputShapes[0].length : axis;
  const size = inputShapes[0][normalised] as number;
  const reason = inputs[0].whole ?? `${name} normalises another axis than the one that carries the channels`;
  const channels = inputs[0].axis === normalised ? inputs[0] : graph.fixed(normalised, size, reason);
  if (scale) graph.attach('follows', layer, 'gamma', 0, channels);
  if (center) graph.attach('follows', layer, 'beta', 0, channels);
  graph.attach('follows', layer, 'moving_mean', 0, channels);
  graph.attach('follows', layer, 'moving_variance', 0, channels);
  return inputs[0];
}

/** Its mean and variance depend on every index of its axes. Over other axes it is channel-wise. */
export function layerNormalization(use: LayerUse, graph: ChannelGraph): Channels {
  const {
    layer,
    name,
    inputs: [input],
    inputShapes: [shape],
  } = use;
  const axes = [layer.getConfig().axis as number | number[]].flat();
  if (axes.some((axis) => (axis < 0 ? axis + shape.length : axis) === input.axis)) {
    graph.protect(input, `${name} normalises over the channels`);
  }
  return input;
}
