import type { ChannelGraph, Channels } from '../channelGraph';
import { filterAxis } from '../filterAxis';
import { channelAxis, type LayerUse, readOn } from '../layerUse';
import { activation } from './activation';

/** Kernel [.., in, out], transposed [.., out, in], in both data formats: mixes its inputs, makes new channels. */
export function convolution(use: LayerUse, graph: ChannelGraph): Channels {
  const {
    layer,
    inputShapes: [shape],
  } = use;
  const output = filterAxis(layer).axis;
  // the kernel has as many axes as a sample has positions and channels, and one more
  const input = 2 * shape.length - 3 - output;
  graph.attach('reads', layer, 'kernel', input, readOn(use, channelAxis(use), graph));
  return filters(use, graph);
}

/**
 * The depthwise half works on each channel by itself and makes `depthMultiplier` of it, the pointwise half is
 * a 1x1 convolution of those.
 */
export function separableConvolution(use: LayerUse, graph: ChannelGraph): Channels {
  const input = readOn(use, channelAxis(use), graph);
  graph.attach('follows', use.layer, 'depthwise_kernel', 2, input);
  graph.attach('reads', use.layer, 'pointwise_kernel', 2, multiplied(input, use));
  return filters(use, graph);
}

/** Channel c becomes the channels c*m .. c*m + m-1, where m is the depth multiplier: they go with it. */
export function depthwiseConvolution(use: LayerUse, graph: ChannelGraph): Channels {
  const input = readOn(use, channelAxis(use), graph);
  graph.attach('follows', use.layer, 'depthwise_kernel', 2, input);
  const output = multiplied(input, use);
  if (use.layer.getConfig().useBias) graph.attach('follows', use.layer, 'bias', 0, output);
  return activation(use, output, graph);
}

/** The filters of a convolution are the channels of its output. */
function filters(use: LayerUse, graph: ChannelGraph): Channels {
  const { layer } = use;
  const { filters: count, useBias } = layer.getConfig() as { filters: number; useBias: boolean };
  const { weight, axis } = filterAxis(layer);
  const output = graph.fresh(channelAxis(use), count);
  graph.attach('produces', layer, weight, axis, output);
  graph.resize(layer, 'filters', output);
  if (useBias) graph.attach('follows', layer, 'bias', 0, output);
  return activation(use, output, graph);
}

function multiplied({ axis, ids }: Channels, { layer }: LayerUse): Channels {
  // SeparableConv2D's configuration forgets its multiplier
  const { depthMultiplier } = layer as unknown as { depthMultiplier: number };
  return { axis, ids: ids.flatMap((id) => new Array<number>(depthMultiplier).fill(id)) };
}
