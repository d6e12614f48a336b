import type { ChannelGraph, Channels } from '../channelGraph';
import type { LayerUse } from '../layerUse';

/**
 * Sums, products, means, maxima and minima tie all operands, channel by channel. An operand of size 1 on the
 * channel axis serves all channels and is not tied; operands with fewer axes get theirs behind the batch axis.
 */
export function elementwiseMerge(use: LayerUse, graph: ChannelGraph): Channels {
  const { name, inputs, inputShapes, outputShape } = use;
  const operands = inputs.map((channels, i) => {
    const shift = outputShape.length - inputShapes[i].length;
    return { channels, shift, shape: inputShapes[i] };
  });
  const carriers = operands.filter(({ channels }) => channels.whole === undefined);
  if (carriers.length === 0) return inputs[0];
  const main = carriers.find(({ channels }) => channels.ids.length > 1) ?? carriers[0];
  const axis = main.channels.axis + main.shift;
  const sizes = operands.map(({ shape, shift }) => (axis - shift < 1 ? 1 : shape[axis - shift]));
  const size = Math.max(...sizes.map((each) => each ?? main.channels.ids.length));
  const reason = `${name} joins the channels with another axis`;
  const tied = operands.flatMap(({ channels, shift }, i) => {
    const serves = sizes[i] === 1 && size > 1;
    if (serves && channels.axis + shift !== axis) graph.protect(channels, reason);
    return serves ? [] : [{ axis, ids: graph.on(channels, axis - shift, size, reason).ids }];
  });
  for (const other of tied.slice(1)) graph.tie(tied[0], other);
  return tied[0];
}

/** Behind one another on the channel axis; side by side on another axis, where all have the same channels. */
export function concatenate(use: LayerUse, graph: ChannelGraph): Channels {
  const { layer, name, inputs, inputShapes } = use;
  const rank = inputShapes[0].length;
  const configured = layer.getConfig().axis as number;
  const joined = configured < 0 ? configured + rank : configured;
  const carriers = inputs.filter(({ whole }) => whole === undefined);
  if (carriers.length === 0) return inputs[0];
  const axis = (carriers.find((channels) => channels.axis === joined) ?? carriers[0]).axis;
  const reason = `${name} joins the channels with another axis`;
  const seen = inputs.map((channels, i) => graph.on(channels, axis, inputShapes[i][axis] as number, reason));
  if (axis === joined) return { axis, ids: seen.flatMap(({ ids }) => ids) };
  for (const other of seen.slice(1)) graph.tie(seen[0], other);
  return seen[0];
}
