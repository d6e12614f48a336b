import type { tf } from '../../backend/tf';
import type { ChannelGraph, Channels } from '../channelGraph';
import type { LayerUse } from '../layerUse';

/** Behind it channel c owns the indices c, c+C, c+2C, ...: one for each position. */
export function flatten(use: LayerUse, graph: ChannelGraph): Channels {
  const {
    layer,
    inputs: [input],
  } = use;
  const shape = use.inputShapes[0].slice(1) as number[];
  const size = product(shape);
  const ownAxis = input.axis - 1;
  const channelsFirst = layer.getConfig().dataFormat === 'channelsFirst';
  // it then moves axis 1 to the end before it flattens
  const moved = channelsFirst ? [...shape.slice(1), shape[0]] : shape;
  const axis = channelsFirst ? (ownAxis + shape.length - 1) % shape.length : ownAxis;
  return rearranged(use, { ...input, axis: axis + 1 }, moved, [size], graph);
}

/** Follows where every channel owns fixed indices of one axis of the new shape. */
export function reshape(use: LayerUse, graph: ChannelGraph): Channels {
  const { layer } = use;
  const target = layer.getConfig().targetShape as tf.Shape;
  const shape = use.inputShapes[0].slice(1) as number[];
  const rest = product(target.map((size) => size ?? 1));
  const fixed = target.map((size) => size ?? product(shape) / rest);
  const output = rearranged(use, use.inputs[0], shape, fixed, graph);
  target.forEach((size, index) => {
    if (size === null) return;
    const own = output.axis === index + 1;
    const reason = output.whole ?? `${use.name} has this size in its target shape`;
    graph.resize(layer, 'targetShape', own ? output : graph.fixed(index + 1, size, reason), index);
  });
  return output;
}

/** [batch, channels] becomes [batch, n, channels]. */
export function repeatVector({ inputs: [input] }: LayerUse): Channels {
  return input.whole === undefined ? { ...input, axis: 2 } : input;
}

export function permute({ layer, inputs: [input] }: LayerUse): Channels {
  const dims = layer.getConfig().dims as number[];
  return input.whole === undefined ? { ...input, axis: dims.indexOf(input.axis) + 1 } : input;
}

/**
 * Where channels go when a tensor's values stay in their order and its shape changes; shapes without batch.
 * Along the channel axis the channel changes every `step` values and begins again every `period`.
 */
function rearranged(
  { name }: LayerUse,
  input: Channels,
  from: number[],
  to: number[],
  graph: ChannelGraph,
): Channels {
  if (input.whole !== undefined) return input;
  if (![...from, ...to].every(Number.isInteger)) return lost(input, `${name} has no fixed size`, graph);
  const { ids } = input;
  const step = product(from.slice(input.axis));
  const period = step * ids.length;
  const steps = to.map((_, axis) => product(to.slice(axis + 1)));
  const axis = to.findIndex((size, each) => step % steps[each] === 0 && (steps[each] * size) % period === 0);
  if (axis !== -1) {
    const owners = Array.from({ length: to[axis] }, (_, index) => {
      return ids[Math.floor((index * steps[axis]) / step) % ids.length];
    });
    return { axis: axis + 1, ids: owners };
  }
  const last = to.length - 1;
  if (step === 1 && to[last] > 1 && ids.length % to[last] === 0) {
    const owners = ids.slice(0, to[last]);
    graph.tie({ ...input, ids: ids.map((_, index) => owners[index % owners.length]) }, input);
    return { axis: to.length, ids: owners };
  }
  return lost(input, `${name} mixes the channels with positions`, graph);
}

function lost(input: Channels, reason: string, graph: ChannelGraph): Channels {
  graph.protect(input, reason);
  return graph.whole(reason);
}

function product(sizes: number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}
