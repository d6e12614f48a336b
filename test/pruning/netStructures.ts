import { tf } from '../../src/backend/tf';
import {
  anyConv,
  canNormalize,
  channelwise,
  coupling,
  merge,
  type NetBuilder,
  on,
  sameConv,
  spatial,
  type Tensor,
} from './netBlocks';

/** A part of a net that mixes channels at least once: a chain, a sum, branches, a gate, a nested model, ... */
export function block(net: NetBuilder, x: Tensor): Tensor {
  const kind = net.next();
  if (kind < 0.08) return plain(net, x);
  if (kind < 0.4) return residual(net, x);
  if (kind < 0.53) return branches(net, x);
  if (kind < 0.63) return gated(net, x);
  if (kind < 0.7) return twice(net, x);
  if (kind < 0.8) return nested(net, x);
  if (kind < 0.94) return moved(net, x);
  return on(sameConv(net, x), coupling(net, x));
}

function plain(net: NetBuilder, x: Tensor): Tensor {
  let y = x;
  if (net.chance(0.7)) y = channelwise(net, y);
  if (net.chance(0.6)) y = spatial(net, y);
  if (net.chance(0.6)) y = channelwise(net, y);
  return on(anyConv(net, y), y);
}

/** Identity or projection, then a sum, a product, a mean, ... */
function residual(net: NetBuilder, x: Tensor): Tensor {
  const inside = on(sameConv(net, x), channelwise(net, x));
  const same = net.chance(0.5);
  const filters = same ? net.channels(x) : net.int(2, 6);
  const y = on(sameConv(net, inside, filters), channelwise(net, inside));
  const skip = same ? x : on(sameConv(net, x, filters), x);
  const operands = net.chance(0.2) ? [y, skip, y] : [y, skip];
  const sum = channelwise(net, on(merge(net), ...operands));
  return net.chance(0.5) ? on(merge(net), sum, on(sameConv(net, x, net.channels(sum)), x)) : sum;
}

function branches(net: NetBuilder, x: Tensor): Tensor {
  const axis = net.axis(x);
  const parts = [x, ...Array.from({ length: net.int(1, 2) }, () => on(sameConv(net, x), x))];
  const joined = on(
    tf.layers.concatenate({ axis: net.channelsFirst ? axis : -1 }),
    ...parts.slice(net.int(0, 1)),
    x,
  );
  if (net.chance(0.3)) {
    // a sum with a concatenation: one group of several producers
    const y = on(sameConv(net, x, net.channels(joined)), x);
    return on(merge(net), joined, y);
  }
  if (net.chance(0.3)) {
    // side by side: the same channels
    const y = on(sameConv(net, joined, net.channels(joined)), joined);
    return on(tf.layers.concatenate({ axis: net.channelsFirst ? 2 : 1 }), channelwise(net, joined), y);
  }
  return channelwise(net, joined);
}

/** Squeeze-and-excitation, or a gate with one number for each position. */
function gated(net: NetBuilder, x: Tensor): Tensor {
  if (x.shape.length === 5 || net.chance(0.3)) {
    const gate = on(sameConv(net, x, 1), x);
    return on(tf.layers.multiply(), ...net.pick([[x, gate], [gate, x]])); // biome-ignore format: one line
  }
  const channels = net.channels(x);
  const squeezed = on(globalPooling(net, x), x);
  const excited = on(
    tf.layers.dense({ units: channels, activation: 'sigmoid' }),
    on(tf.layers.dense({ units: 3 }), squeezed),
  );
  // vectors are broadcast along the last axis, so only there they need no reshape
  if (!net.channelsFirst && net.chance(0.4)) return on(tf.layers.multiply(), x, excited);
  const ones = net.positions(x).map(() => 1);
  const targetShape = net.channelsFirst ? [channels, ...ones] : [...ones, channels];
  return on(tf.layers.multiply(), x, on(tf.layers.reshape({ targetShape }), excited));
}

/** A layer that is used twice. */
function twice(net: NetBuilder, x: Tensor): Tensor {
  const shared = sameConv(net, x, net.channels(x));
  if (net.chance(0.5)) return on(shared, channelwise(net, on(shared, x)));
  const norm = canNormalize(net, x) ? tf.layers.batchNormalization({ axis: net.axis(x) }) : tf.layers.prelu();
  const other = on(sameConv(net, x, net.channels(x)), x);
  return on(tf.layers.concatenate({ axis: net.axis(x) }), on(norm, x), on(norm, other));
}

/** A model as a layer, once or twice, functional or sequential. */
function nested(net: NetBuilder, x: Tensor): Tensor {
  const shape = x.shape.slice(1);
  const input = tf.input({ shape });
  const again = net.chance(0.4);
  const first = on(sameConv(net, input), channelwise(net, input));
  const last = sameConv(net, first, again ? net.channels(x) : net.int(2, 6));
  const inner = net.chance(0.4)
    ? sequential(net, shape, again ? net.channels(x) : undefined)
    : tf.model({ inputs: input, outputs: on(last, first) });
  const y = inner.apply(x) as Tensor;
  return again ? (inner.apply(channelwise(net, y)) as Tensor) : y;
}

function sequential(net: NetBuilder, shape: tf.Shape, filters?: number): tf.LayersModel {
  const model = tf.sequential();
  const isNormal = !net.channelsFirst && shape.length < 4;
  const first = isNormal ? tf.layers.batchNormalization : tf.layers.prelu;
  model.add(first({ inputShape: shape }));
  model.add(sameConv(net, model.outputs[0], filters));
  return model;
}

/** The same values in other places: permuted, reshaped, repeated. */
function moved(net: NetBuilder, x: Tensor): Tensor {
  const rank = x.shape.length;
  if (rank === 3) {
    const [, length, channels] = x.shape as number[];
    if (net.chance(0.6)) {
      const there = on(tf.layers.permute({ dims: [2, 1] }), x);
      return on(tf.layers.permute({ dims: [2, 1] }), on(tf.layers.prelu(), there));
    }
    const half = length % 2 === 0 ? 2 : 1;
    const wide = on(tf.layers.reshape({ targetShape: [length / half, half, channels] }), x);
    return on(tf.layers.reshape({ targetShape: [length, channels] }), wide);
  }
  if (rank !== 4) return x;
  const dims = net.channelsFirst ? [1, 3, 2] : [2, 1, 3];
  if (net.chance(0.5)) return on(tf.layers.permute({ dims }), x);
  if (net.chance(0.5)) return on(tf.layers.dense({ units: net.int(2, 6), activation: 'sigmoid' }), x);
  // to the other data format and back, with a layer there
  const there = on(tf.layers.permute({ dims: net.channelsFirst ? [2, 3, 1] : [3, 1, 2] }), x);
  const worked = on(net.channelsFirst ? tf.layers.batchNormalization() : tf.layers.prelu(), there);
  return on(tf.layers.permute({ dims: net.channelsFirst ? [3, 1, 2] : [2, 3, 1] }), worked);
}

export function globalPooling(net: NetBuilder, x: Tensor): tf.layers.Layer {
  const { dataFormat } = net;
  if (x.shape.length === 3)
    return net.pick([tf.layers.globalAveragePooling1d, tf.layers.globalMaxPooling1d])({});
  return net.pick([tf.layers.globalAveragePooling2d, tf.layers.globalMaxPooling2d])({ dataFormat });
}
