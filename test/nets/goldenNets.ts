import { tf } from '../../src/backend/tf';

type Tensor = tf.SymbolicTensor;

const on = (layer: tf.layers.Layer, ...inputs: Tensor[]) =>
  layer.apply(inputs.length === 1 ? inputs[0] : inputs) as Tensor;
const relu = (x: Tensor) => on(tf.layers.reLU(), x);
const norm = (name: string, epsilon: number) => tf.layers.batchNormalization({ name, epsilon });
const classes = (x: Tensor) =>
  on(tf.layers.dense({ name: 'classes', units: 3 }), on(tf.layers.globalAveragePooling2d({}), x));

/** As in PyTorch: what is padded is written down. */
function conv(name: string, filters: number, options: { padding?: number; strides?: number; size?: number }) {
  const { padding = 1, strides = 1, size = 3 } = options;
  return (x: Tensor, useBias = false) => {
    const padded = padding === 0 ? x : on(tf.layers.zeroPadding2d({ padding }), x);
    return on(tf.layers.conv2d({ name, filters, kernelSize: size, strides, useBias }), padded);
  };
}

function vgg(input: Tensor): Tensor {
  let x = input;
  [5, 6, 7].forEach((filters, i) => {
    x = relu(on(norm(`norm${i + 1}`, 1e-3), conv(`conv${i + 1}`, filters, {})(x)));
    if (i === 1) x = on(tf.layers.maxPooling2d({ poolSize: 2 }), x);
  });
  return classes(x);
}

function residual(input: Tensor): Tensor {
  const both = (x: Tensor, name: string, filters: number, options: Parameters<typeof conv>[2] = {}) =>
    on(norm(`${name}_norm`, 1e-5), conv(name, filters, options)(x));
  const stem = relu(both(input, 'stem', 6));
  const one = relu(on(tf.layers.add(), stem, both(relu(both(stem, 'a1', 5)), 'a2', 6)));
  const inner = both(relu(both(one, 'b1', 7, { strides: 2 })), 'b2', 8);
  const skip = both(one, 'skip', 8, { strides: 2, size: 1, padding: 0 });
  return classes(relu(on(tf.layers.add(), skip, inner)));
}

function concat(input: Tensor): Tensor {
  const act = (name: 'softplus' | 'tanh' | 'relu', x: Tensor) =>
    on(tf.layers.activation({ activation: name }), x);
  const stem = act('softplus', conv('stem', 5, {})(input, true));
  const left = act('tanh', conv('left', 6, {})(stem, true));
  const pooled = on(tf.layers.maxPooling2d({ poolSize: 2 }), stem);
  const right = act('relu', conv('right', 3, { size: 1, padding: 0 })(pooled, true));
  const joined = on(tf.layers.concatenate({}), left, on(tf.layers.upSampling2d({}), right), stem);
  return conv('last', 4, {})(on(norm('joined_norm', 1e-3), joined), true);
}

function depthwise(input: Tensor): Tensor {
  const stem = on(tf.layers.zeroPadding2d({ padding: 1 }), relu(conv('stem', 6, {})(input, true)));
  const options = { name: 'depthwise', kernelSize: 3, strides: 2, depthMultiplier: 2 };
  const looked = on(tf.layers.depthwiseConv2d(options), stem);
  const clipped = on(tf.layers.reLU({ maxValue: 6 }), looked);
  return classes(relu(conv('point', 5, { size: 1, padding: 0 })(clipped, true)));
}

function flatten(input: Tensor): Tensor {
  const pooled = on(tf.layers.maxPooling2d({ poolSize: 2 }), relu(conv('conv1', 4, {})(input, true)));
  const second = conv('conv2', 5, {})(pooled, true);
  const flat = on(tf.layers.flatten(), on(tf.layers.activation({ activation: 'sigmoid' }), second));
  const hidden = on(tf.layers.dense({ name: 'hidden', units: 6, activation: 'relu' }), flat);
  return on(tf.layers.dense({ name: 'classes', units: 3 }), hidden);
}

/** The networks of bench/pytorch_layers_reference.py, which wrote their weights and outputs: from input to output. */
export const GOLDEN_NETS = { vgg, residual, concat, depthwise, flatten };
