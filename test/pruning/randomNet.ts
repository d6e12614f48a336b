import { tf } from '../../src/backend/tf';
import { anyConv, channelwise, merge, NetBuilder, on, sameConv, spatial, type Tensor } from './netBlocks';
import { block, globalPooling } from './netStructures';
import { random } from './random';

export interface RandomNet {
  model: tf.LayersModel;
  inputs: tf.Tensor[];
  percent: number;
  pruneOutputs: boolean;
}

/**
 * A random network: pictures in both data formats, sequences, volumes, vectors; chains, residual sums, gates,
 * branches, shared layers, nested models, several inputs and outputs.
 */
export function randomNet(seed: number): RandomNet {
  const next = random(seed);
  const kind = next();
  const channelsFirst = next() < 0.3 && kind >= 0.37;
  const net = new NetBuilder(next, channelsFirst);
  const inputs: Tensor[] = [];
  let x = kind < 0.6 ? otherStart(net, kind, inputs) : picture(net, inputs);
  if (net.chance(0.15)) x = secondInput(net, x, inputs);
  const depth = net.int(2, 4);
  for (let i = 0; i < depth; i++) {
    x = spatial(net, channelwise(net, block(net, x)));
    if (net.chance(0.6)) x = channelwise(net, spatial(net, x));
    if (net.chance(0.6)) x = on(sameConv(net, x), x);
    if (i < depth - 1 && net.chance(0.1)) net.outputs.push(x);
  }
  net.outputs.push(head(net, x));
  const outputs = net.outputs.filter(
    (output, i) => net.outputs.indexOf(output) === i && !inputs.includes(output),
  );
  const model = tf.model({ inputs, outputs });
  model.setWeights(model.weights.map((weight) => randomWeight(weight, next)));
  return {
    model,
    inputs: inputs.map(({ shape, dtype }) => randomInput([2, ...(shape.slice(1) as number[])], dtype, next)),
    percent: net.pick([0, 0.3, 0.37, 0.5, 0.5, 0.6, 0.75, 0.9, 0.99]),
    pruneOutputs: net.chance(0.7),
  };
}

function picture(net: NetBuilder, inputs: Tensor[]): Tensor {
  const channels = net.int(1, 3);
  const input = tf.input({ shape: net.channelsFirst ? [channels, 7, 6] : [7, 6, channels] });
  inputs.push(input);
  return on(anyConv(net, input), input);
}

/** Sequences of words and of numbers, volumes, and vectors that become pictures. */
function otherStart(net: NetBuilder, kind: number, inputs: Tensor[]): Tensor {
  if (kind < 0.21) {
    const input = tf.input({ shape: [6], dtype: 'int32' });
    inputs.push(input);
    return on(tf.layers.embedding({ inputDim: 9, outputDim: net.int(2, 6) }), input);
  }
  if (kind < 0.37) {
    const input = tf.input({ shape: [6, 2] });
    inputs.push(input);
    return on(sameConv(net, input), input);
  }
  if (kind < 0.52) {
    const input = tf.input({ shape: net.channelsFirst ? [2, 3, 4, 3] : [3, 4, 3, 2] });
    inputs.push(input);
    return on(sameConv(net, input), input);
  }
  const input = tf.input({ shape: [net.int(2, 5)] });
  inputs.push(input);
  const channels = net.int(2, 5);
  const decoded = on(tf.layers.dense({ units: 12 * channels, activation: 'sigmoid' }), input);
  const between = net.chance(0.5) ? on(tf.layers.batchNormalization(), decoded) : decoded;
  const shape = net.channelsFirst ? [channels, 3, 4] : [3, 4, channels];
  const pixels = on(tf.layers.reshape({ targetShape: net.pick([shape, [-1, ...shape.slice(1)]]) }), between);
  return pixels.shape[1] === null ? on(tf.layers.reshape({ targetShape: shape }), between) : pixels;
}

/** Another input, projected to the channels that it meets. */
function secondInput(net: NetBuilder, x: Tensor, inputs: Tensor[]): Tensor {
  const input = tf.input({ shape: x.shape.slice(1) });
  inputs.push(input);
  return on(merge(net), x, net.chance(0.7) ? on(sameConv(net, input, net.channels(x)), input) : input);
}

/** How the net ends: as it is, flattened to a dense layer, or pooled to one. */
function head(net: NetBuilder, x: Tensor): Tensor {
  const kind = net.next();
  if (kind < 0.1) return x;
  if (kind < 0.17) return on(sameConv(net, x, 3), x);
  if (kind < (x.shape.length === 3 ? 0.22 : 0.42) || x.shape.length === 5) {
    const { dataFormat } = net;
    let y = on(
      tf.layers.flatten(net.pick([{}, { dataFormat }, { dataFormat: 'channelsFirst' as const }])),
      x,
    );
    if (net.chance(0.4)) y = channelwise(new NetBuilder(net.next, false), y);
    if (net.chance(0.1)) return y;
    return ending(
      net,
      on(tf.layers.dense({ units: net.int(2, 6), activation: net.pick(['linear', 'softmax']) }), y),
    );
  }
  return ending(net, on(globalPooling(net, x), x));
}

function ending(net: NetBuilder, x: Tensor): Tensor {
  const vectors = new NetBuilder(net.next, false);
  if (net.chance(0.3)) return x;
  let y = on(tf.layers.dense({ units: net.int(2, 6), activation: 'softplus' }), x);
  if (net.chance(0.3)) y = channelwise(vectors, y);
  if (net.chance(0.4))
    y = on(
      sameConv(vectors, on(tf.layers.repeatVector({ n: 3 }), y)),
      on(tf.layers.repeatVector({ n: 3 }), y),
    );
  return net.chance(0.5) ? on(tf.layers.dense({ units: 3 }), y) : y;
}

function randomInput(shape: number[], dtype: string, next: () => number): tf.Tensor {
  const values = Array.from({ length: tf.util.sizeFromShape(shape) }, () => next());
  return dtype === 'int32'
    ? tf.tensor(
        values.map((value) => Math.floor(value * 9)),
        shape,
        'int32',
      )
    : tf.tensor(
        values.map((value) => value * 2 - 1),
        shape,
      );
}

/** Values whose scale keeps the outputs neither vanishing nor exploding; variances are above 0. */
export function randomWeight(
  { shape, originalName }: tf.LayersModel['weights'][number],
  next: () => number,
): tf.Tensor {
  const size = shape as number[];
  const isVariance = originalName.endsWith('variance');
  const isDepthwise = originalName.includes('depthwise');
  const fanIn = tf.util.sizeFromShape(size) / (size[size.length - (isDepthwise ? 2 : 1)] ?? 1);
  const bound = size.length > 1 && !originalName.endsWith('alpha') ? Math.sqrt(6 / fanIn) : 1;
  const values = Float32Array.from({ length: tf.util.sizeFromShape(size) }, () =>
    isVariance ? 0.3 + 2 * next() : (next() * 2 - 1) * bound,
  );
  return tf.tensor(values, size);
}
