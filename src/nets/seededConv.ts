import { createTensor } from '../backend/createTensor';
import { presetInitializer } from '../backend/presetInitializer';
import { tf } from '../backend/tf';
import { fillUniform } from './fillUniform';

export interface SeededConvOptions {
  /** Number of the layer in its net, from 1: names it, and gives it random numbers of its own. */
  position: number;
  /** Kernel [rows, columns, in channels, out channels]. */
  shape: [number, number, number, number];
  /** Weights are drawn evenly from -bound to bound. */
  bound: number;
  seed: number;
  strides?: number;
}

/** A 2D convolution conv1, conv2, ... with zero padding and no bias; the same seed gives the same bits everywhere. */
export function seededConv({
  position,
  shape,
  bound,
  seed,
  strides = 1,
}: SeededConvOptions): tf.layers.Layer {
  const [rows, columns, , filters] = shape;
  return tf.layers.conv2d({
    name: `conv${position}`,
    filters,
    kernelSize: [rows, columns],
    strides,
    padding: 'same',
    useBias: false,
    kernelInitializer: presetInitializer(
      tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed }),
      () => createTensor(shape, (values) => fillUniform(values, bound, seed, position)),
    ),
  });
}
