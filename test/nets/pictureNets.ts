import { tf } from '../../src/backend/tf';
import {
  classified,
  conv,
  conv2d,
  dense,
  type NetCase,
  norm,
  normLeaky,
  outputOf,
  withRandomWeights,
} from './netCase';

type Tensor = tf.SymbolicTensor;

const picture = (height = 7, width = 6) => tf.input({ shape: [height, width, 2] });
const join = (...parts: Tensor[]) => tf.layers.concatenate({}).apply(parts) as Tensor;
const depthwise = (x: Tensor, options: { strides?: number; depthMultiplier?: number; useBias?: boolean }) =>
  tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', ...options }).apply(x) as Tensor;

/** 1x1, 3x3, 1x1, added to what came in, through a 1x1 projection where the widths differ. */
function bottleneckResNet(): tf.LayersModel {
  const input = picture();
  const plain = { useBias: false };
  let x = normLeaky(conv2d(input, 'stem', 6, plain));
  for (const block of ['one', 'two']) {
    const small = normLeaky(conv2d(x, `${block}_reduce`, 3, { ...plain, kernelSize: 1 }));
    const seen = normLeaky(conv2d(small, `${block}_look`, 5, plain));
    const wide = conv2d(seen, `${block}_expand`, 7, { ...plain, kernelSize: 1 });
    const skip = block === 'one' ? conv2d(x, 'project', 7, { ...plain, kernelSize: 1 }) : x;
    const normed = tf.layers.batchNormalization({}).apply(wide) as Tensor;
    x = tf.layers.reLU().apply(tf.layers.add().apply([normed, skip])) as Tensor;
  }
  return classified(input, x);
}

/** Each convolution reads all that was before it, through a batch norm of its own. */
function denseNet(): tf.LayersModel {
  const input = picture();
  let x = conv2d(input, 'stem', 5, { useBias: false });
  for (const name of ['grow1', 'grow2', 'grow3']) {
    x = join(x, conv2d(normLeaky(x), name, 3, { useBias: false }));
  }
  return classified(input, conv2d(normLeaky(x), 'transition', 6, { useBias: false, kernelSize: 1 }));
}

/** The second depthwise convolution makes two channels of each, and has a bias. */
function mobileNetV1(): tf.LayersModel {
  const input = picture();
  const stem = normLeaky(conv2d(input, 'stem', 5, { useBias: false }));
  const first = normLeaky(depthwise(stem, { useBias: false }));
  const point = normLeaky(conv2d(first, 'point1', 7, { useBias: false, kernelSize: 1 }));
  const second = depthwise(point, { strides: 2, depthMultiplier: 2, useBias: true });
  return classified(input, conv2d(second, 'point2', 6, { kernelSize: 1 }));
}

function inception(): tf.LayersModel {
  const input = picture();
  const stem = conv2d(input, 'stem', 5);
  const pooled = tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(stem) as Tensor;
  const one = conv2d(stem, 'one', 4, { kernelSize: 1 });
  const three = conv2d(conv2d(stem, 'reduce3', 3, { kernelSize: 1 }), 'three', 5);
  const five = conv2d(conv2d(stem, 'reduce5', 2, { kernelSize: 1 }), 'five', 3, { kernelSize: 5 });
  const joined = normLeaky(join(one, three, five, conv2d(pooled, 'pool', 4, { kernelSize: 1 })));
  return classified(input, conv2d(joined, 'last', 6));
}

/** The gate's channels are the picture's, so its last layer is cut with the convolution. */
function squeezeAndExcitation(): tf.LayersModel {
  const input = picture();
  const main = conv2d(input, 'main', 6);
  const squeezed = tf.layers.dense({ name: 'squeeze', units: 3, activation: 'relu' });
  const excited = tf.layers.dense({ name: 'excite', units: 6, activation: 'sigmoid' });
  const gate = excited.apply(squeezed.apply(tf.layers.globalAveragePooling2d({}).apply(main)));
  const shaped = tf.layers.reshape({ targetShape: [1, 1, 6] }).apply(gate) as Tensor;
  const gated = tf.layers.multiply().apply([main, shaped]) as Tensor;
  return classified(input, conv2d(gated, 'next', 5));
}

/** Up once by repeating pixels, once by a transposed convolution; both meet what came down at their size. */
function uNet(): tf.LayersModel {
  const input = picture(8, 12);
  const pool = (x: Tensor) => tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as Tensor;
  const down1 = conv2d(input, 'down1', 5);
  const down2 = conv2d(pool(down1), 'down2', 6);
  const bottom = conv2d(pool(down2), 'bottom', 7);
  const up2 = conv2d(join(tf.layers.upSampling2d({}).apply(bottom) as Tensor, down2), 'up2', 6);
  const transposed = { name: 'transposed', filters: 5, kernelSize: 2, strides: 2, padding: 'same' as const };
  const up1 = conv2d(join(tf.layers.conv2dTranspose(transposed).apply(up2) as Tensor, down1), 'up1', 4);
  const outputs = conv2d(up1, 'pixels', 3, { kernelSize: 1, activation: 'linear' });
  return withRandomWeights(tf.model({ inputs: input, outputs }));
}

export const PICTURE_NETS: NetCase[] = [
  {
    name: 'bottleneck ResNet',
    build: bottleneckResNet,
    tied: [['one_expand', 'project', 'two_expand']],
    whole: outputOf('classes'),
    all: [6, 3, 5, 7],
    half: [3, 2, 3, 4],
    parameters: ([s, r, l, e]) =>
      conv(3, 2, s) +
      norm(s) +
      conv(1, s, e) +
      conv(1, s, r) +
      conv(1, e, r) +
      2 * (conv(3, r, l) + conv(1, l, e) + norm(r + l + e)) +
      dense(e, 3),
  },
  {
    name: 'DenseNet',
    build: denseNet,
    tied: [],
    whole: outputOf('classes'),
    all: [5, 3, 6],
    half: [3, 2, 3],
    parameters: ([s, g, t]) =>
      conv(3, 2, s) +
      [s, s + g, s + 2 * g].reduce((sum, wide) => sum + norm(wide) + conv(3, wide, g), 0) +
      norm(s + 3 * g) +
      conv(1, s + 3 * g, t) +
      dense(t, 3),
  },
  {
    name: 'MobileNet v1',
    build: mobileNetV1,
    tied: [],
    whole: outputOf('classes'),
    all: [5, 7, 6],
    half: [3, 4, 3],
    parameters: ([a, b, c]) =>
      conv(3, 2, a) +
      norm(a) +
      conv(3, 1, a) +
      norm(a) +
      conv(1, a, b) +
      norm(b) +
      (conv(3, 2, b) + 2 * b) +
      dense(2 * b, c) +
      dense(c, 3),
  },
  {
    name: 'Inception',
    build: inception,
    tied: [],
    whole: outputOf('classes'),
    all: [5, 4, 3, 5, 2, 3, 4, 6],
    half: [3, 2, 2, 3, 1, 2, 2, 3],
    parameters: ([s, one, r3, three, r5, five, pool, last]) => {
      const joined = one + three + five + pool;
      const kernels =
        conv(3, 2, s) + conv(1, s, one + r3 + r5 + pool) + conv(3, r3, three) + conv(5, r5, five);
      const biases = s + r3 + r5 + joined + last;
      return kernels + norm(joined) + conv(3, joined, last) + biases + dense(last, 3);
    },
  },
  {
    name: 'squeeze-and-excitation',
    build: squeezeAndExcitation,
    tied: [['main', 'excite']],
    whole: outputOf('classes'),
    all: [6, 3, 5],
    half: [3, 2, 3],
    parameters: ([a, s, b]) =>
      conv(3, 2, a) + a + dense(a, s) + dense(s, a) + conv(3, a, b) + b + dense(b, 3),
  },
  {
    name: 'U-Net',
    build: uNet,
    tied: [],
    whole: outputOf('pixels'),
    all: [5, 6, 7, 6, 5, 4],
    half: [3, 3, 4, 3, 3, 2],
    parameters: ([d1, d2, b, u2, t, u1]) =>
      conv(3, 2, d1) +
      conv(3, d1, d2) +
      conv(3, d2, b) +
      conv(3, b + d2, u2) +
      conv(2, u2, t) +
      conv(3, t + d1, u1) +
      (d1 + d2 + b + u2 + t + u1) +
      dense(u1, 3),
  },
];
