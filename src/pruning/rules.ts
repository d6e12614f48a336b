import type { tf } from '../backend/tf';
import type { ChannelGraph, Channels } from './channelGraph';

/** One use of a layer in the net: a layer that is used twice is met twice. */
export interface LayerUse {
  layer: tf.layers.Layer;
  inputs: Channels[];
  /** Number of axes of this use's output, the batch axis included. */
  rank: number;
  /** What the rule answered the first time, where this is a second use of the same layer. */
  earlier?: { inputs: Channels[]; output: Channels };
}

/** Says what a layer does with channels: fills in the graph and answers the channels of the layer's output. */
export type Rule = (use: LayerUse, graph: ChannelGraph) => Channels;

/** One entry a layer type, by TensorFlow.js class name. A type that is not here is an error, never a guess. */
export const RULES: Record<string, Rule> = {
  Conv2D: conv2d,
  ReLU: passThrough,
  LeakyReLU: passThrough,
  ELU: passThrough,
  ThresholdedReLU: passThrough,
  Activation: ({ layer, inputs: [input], rank }, graph) => activation(layer, input, rank, graph),
  Softmax: ({ layer, inputs: [input], rank }, graph) =>
    softmax(layer, input, [layer.getConfig().axis as number | number[]].flat(), rank, graph),
  GlobalAveragePooling2D: globalPooling2d,
  GlobalMaxPooling2D: globalPooling2d,
};

function passThrough({ inputs: [input] }: LayerUse): Channels {
  return input;
}

/** Kernel [kh, kw, in, out] in both data formats: mixes its input channels, makes new ones. */
function conv2d({ layer, inputs: [input], rank, earlier }: LayerUse, graph: ChannelGraph): Channels {
  const { filters, useBias } = layer.getConfig() as unknown as Conv2dConfig;
  const axis = channelAxis(layer);
  const reads = earlier ? [earlier.inputs[0], input] : [input];
  if (reads.some((channels) => channels.axis !== axis)) {
    for (const channels of reads) {
      graph.protect(channels, `${layer.name} reads another axis than the one that carries the channels`);
    }
  } else if (earlier) {
    graph.tie(earlier.inputs[0], input);
  } else {
    graph.attach('reads', layer, 'kernel', 2, input);
  }
  if (earlier) return earlier.output;
  const output = graph.fresh(axis, filters);
  graph.attach('produces', layer, 'kernel', 3, output, 'filters');
  if (useBias) graph.attach('follows', layer, 'bias', 0, output);
  return activation(layer, output, rank, graph);
}

/**
 * One number for each channel: [batch, height, width, channels] or [batch, channels, height, width] becomes
 * [batch, channels]. A layer that is set to the other data format pools over the channels instead.
 */
function globalPooling2d({ layer, inputs: [input] }: LayerUse, graph: ChannelGraph): Channels {
  if (input.axis !== channelAxis(layer)) graph.protect(input, `${layer.name} pools over the channels`);
  return { axis: 1, ids: input.ids };
}

/** Where a layer that works on pictures looks for the channels. */
function channelAxis(layer: tf.layers.Layer): number {
  return layer.getConfig().dataFormat === 'channelsFirst' ? 1 : 3;
}

/** An element-wise function lets channels pass, whatever it makes of zero; softmax over them does not. */
function activation(layer: tf.layers.Layer, channels: Channels, rank: number, graph: ChannelGraph): Channels {
  const name = layer.getConfig().activation as string;
  const isSoftmax = name === 'softmax' || name === 'logSoftmax';
  return isSoftmax ? softmax(layer, channels, [rank - 1], rank, graph) : channels;
}

/** Where softmax runs over the channels, what a kept channel becomes depends on the cut ones. */
function softmax(
  layer: tf.layers.Layer,
  channels: Channels,
  axes: number[],
  rank: number,
  graph: ChannelGraph,
): Channels {
  if (axes.some((axis) => (axis < 0 ? axis + rank : axis) === channels.axis)) {
    graph.protect(channels, `${layer.name} normalises over the channels (softmax)`);
  }
  return channels;
}

interface Conv2dConfig {
  filters: number;
  useBias: boolean;
}
