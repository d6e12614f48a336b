import type { ChannelGraph, Channels } from '../channelGraph';
import type { LayerUse } from '../layerUse';
import { activation } from './activation';

/**
 * Works on the last axis. Where the channels lie on another one (a channelsFirst picture, whose last axis is
 * the width) each channel is worked on by itself, and the channels pass through.
 */
export function dense(use: LayerUse, graph: ChannelGraph): Channels {
  const {
    layer,
    name,
    inputs: [given],
    inputShapes: [shape],
    outputShape,
  } = use;
  const last = shape.length - 1;
  const size = shape[last] as number;
  const passes = given.whole === undefined && given.axis !== last;
  const reason = `${name} works along another axis than the one that carries the channels`;
  const input = passes ? graph.fixed(last, size, reason) : graph.on(given, last, size, reason);
  const units = outputShape[last] as number;
  const output = passes ? graph.fixed(last, units, reason) : graph.fresh(last, units);
  graph.attach('reads', layer, 'kernel', 0, input);
  graph.attach('produces', layer, 'kernel', 1, output);
  graph.resize(layer, 'units', output);
  if (layer.getConfig().useBias) graph.attach('follows', layer, 'bias', 0, output);
  return activation(use, passes ? given : output, graph);
}

/** A table with a column for each channel; what comes in are the numbers of its rows. */
export function embedding(use: LayerUse, graph: ChannelGraph): Channels {
  const {
    layer,
    name,
    inputs: [input],
    outputShape,
  } = use;
  graph.protect(input, `${name} takes the channels' values for indices`);
  const last = outputShape.length - 1;
  const output = graph.fresh(last, outputShape[last] as number);
  graph.attach('produces', layer, 'embeddings', 1, output);
  graph.resize(layer, 'outputDim', output);
  return output;
}
