import { tf } from './tf';

type Weight = tf.layers.Layer['weights'][number];
type AddWeight = (name: string, shape: number[], dtype: string, ...rest: unknown[]) => Weight;

/**
 * Runs `build`, which makes layers, and lets `create` make their weights in the place of the layers' initializers:
 * those draw millions of numbers that loading throws away, and take memory that a mere graph does not need. What
 * the layers say of themselves, in saved files too, stays as it is.
 *
 * @param build must make all weights before it first awaits something.
 * @param create makes the tensor for a weight of that shape; the layer takes it over. The weight has that shape
 *   even where the tensor has none of its values (`noValues`).
 */
export function makeWeights<T>(create: (shape: number[]) => tf.Tensor, build: () => T): T {
  const layers = tf.layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const original = layers.addWeight;
  layers.addWeight = function (name, shape, dtype, _initializer, ...rest) {
    const weight = original.call(this, name, shape, dtype, { apply: () => create(shape) }, ...rest);
    return Object.assign(weight, { shape });
  };
  try {
    return build();
  } finally {
    layers.addWeight = original;
  }
}

/** For weights of which only the shape is wanted: a tensor without memory, with which nothing can be computed. */
export function noValues(): tf.Tensor {
  return tf.zeros([0]);
}
