import type { ChannelGraph, Channels } from '../channelGraph';
import type { LayerUse } from '../layerUse';

/** Each channel by itself, one index as another: element-wise functions, dropout, noise. */
export function passThrough({ inputs: [input] }: LayerUse): Channels {
  return input;
}

/** A layer that is an element-wise function, or softmax, by its configuration. */
export function activationLayer(use: LayerUse, graph: ChannelGraph): Channels {
  return activation(use, use.inputs[0], graph);
}

/** An element-wise function lets channels pass, whatever it makes of zero; softmax over them does not. */
export function activation(use: LayerUse, channels: Channels, graph: ChannelGraph): Channels {
  const name = use.layer.getConfig().activation as string;
  const isSoftmax = name === 'softmax' || name === 'logSoftmax';
  return isSoftmax ? softmax(use, channels, [-1], graph) : channels;
}

export function softmaxLayer(use: LayerUse, graph: ChannelGraph): Channels {
  const axes = [use.layer.getConfig().axis as number | number[]].flat();
  return softmax(use, use.inputs[0], axes, graph);
}

/** Where softmax runs over the channels, what a kept channel becomes depends on the cut ones. */
function softmax(
  { name, outputShape }: LayerUse,
  channels: Channels,
  axes: number[],
  graph: ChannelGraph,
): Channels {
  if (axes.some((axis) => (axis < 0 ? axis + outputShape.length : axis) === channels.axis)) {
    graph.protect(channels, `${name} normalises over the channels (softmax)`);
  }
  return channels;
}

/** One slope for each position and channel; for the axes in `sharedAxes` one for all. */
export function prelu({ layer, name, inputs: [input] }: LayerUse, graph: ChannelGraph): Channels {
  const shared = (layer.getConfig().sharedAxes as number[] | null) ?? [];
  const [alpha] = layer.weights;
  alpha.shape.forEach((size, index) => {
    const axis = index + 1;
    if (shared.includes(axis)) return;
    const reason = input.whole ?? `${name} has a slope for each position`;
    const channels = input.axis === axis ? input : graph.fixed(axis, size as number, reason);
    graph.attach('follows', layer, 'alpha', index, channels);
  });
  return input;
}

/** A dropout's pattern may name the number of channels. */
export function dropout({ layer, inputs: [input] }: LayerUse, graph: ChannelGraph): Channels {
  const pattern = layer.getConfig().noiseShape as (number | null)[] | null | undefined;
  pattern?.forEach((size, axis) => {
    if (axis === input.axis && size === input.ids.length) graph.resize(layer, 'noiseShape', input, axis);
  });
  return input;
}
