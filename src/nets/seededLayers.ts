import { createTensor } from '../backend/createTensor';
import { presetInitializer } from '../backend/presetInitializer';
import { tf } from '../backend/tf';
import { fillUniform, requireSeed } from './fillUniform';

type Tensor = tf.SymbolicTensor;

export interface SeededLayersOptions {
  seed: number;
  /** Whether batch norms are as new: scale 1, shift 0, mean 0, variance 1, and so do nothing yet. */
  freshNorms: boolean;
}

export interface ConvOptions {
  /** Of a depthwise convolution left out: it makes one channel of each. */
  filters?: number;
  /** Default 3. */
  kernelSize?: number;
  /** Default 1. */
  strides?: number;
  /** Default false: a batch norm behind the layer has the bias. */
  useBias?: boolean;
}

/**
 * Layers with weights that the same seed makes the same, bit for bit, on every engine: kernels from
 * U(-sqrt(6/fan_in), sqrt(6/fan_in)) (He et al. 2015, arxiv.org/abs/1502.01852), biases from U(-0.5, 0.5).
 * A batch norm looks as if it had been trained, unless it is to be fresh: scale and variance from U(0.5, 1.5),
 * shift and mean from U(-0.5, 0.5). With zeros and ones a channel's norm could be forgotten unnoticed.
 *
 * @throws RangeError for a seed that is not an integer.
 */
export function seededLayers({ seed, freshNorms }: SeededLayersOptions) {
  requireSeed(seed);
  let drawn = 0;

  /** An initializer whose numbers lie within `bound` of `centre`; each weight has numbers of its own. */
  function uniform(bound: number, centre = 0) {
    const stream = ++drawn;
    const range = { minval: centre - bound, maxval: centre + bound, seed };
    return presetInitializer(tf.initializers.randomUniform(range), (shape) =>
      createTensor(shape, (values) => {
        fillUniform(values, bound, seed, stream);
        if (centre !== 0) for (let i = 0; i < values.length; i++) values[i] += centre;
      }),
    );
  }

  /** A 2D convolution with zero padding, depthwise where it is not told how many filters. */
  function conv(x: Tensor, name: string, options: ConvOptions): Tensor {
    const { filters, kernelSize = 3, strides = 1, useBias = false } = options;
    const channels = filters === undefined ? 1 : (x.shape[3] as number);
    const initializer = uniform(Math.sqrt(6 / (kernelSize * kernelSize * channels)));
    const common = { name, kernelSize, strides, padding: 'same' as const, useBias };
    const bias = useBias ? { biasInitializer: uniform(0.5) } : {};
    const layer =
      filters === undefined
        ? tf.layers.depthwiseConv2d({ ...common, ...bias, depthwiseInitializer: initializer })
        : tf.layers.conv2d({ ...common, ...bias, filters, kernelInitializer: initializer });
    return layer.apply(x) as Tensor;
  }

  function norm(x: Tensor, name: string): Tensor {
    const trained = () => ({
      gammaInitializer: uniform(0.5, 1),
      betaInitializer: uniform(0.5),
      movingMeanInitializer: uniform(0.5),
      movingVarianceInitializer: uniform(0.5, 1),
    });
    return tf.layers.batchNormalization({ name, ...(freshNorms ? {} : trained()) }).apply(x) as Tensor;
  }

  function dense(x: Tensor, name: string, units: number): Tensor {
    const kernelInitializer = uniform(Math.sqrt(6 / (x.shape[x.shape.length - 1] as number)));
    const layer = tf.layers.dense({ name, units, kernelInitializer, biasInitializer: uniform(0.5) });
    return layer.apply(x) as Tensor;
  }

  /** A convolution without bias and its batch norm, which has the same name with `norm` in place of `conv`. */
  function convNorm(x: Tensor, name: string, options: ConvOptions): Tensor {
    return norm(conv(x, name, options), name.replace('conv', 'norm'));
  }

  return { conv, norm, dense, convNorm };
}

export type SeededLayers = ReturnType<typeof seededLayers>;
