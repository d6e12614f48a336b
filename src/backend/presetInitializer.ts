import { tf } from './tf';

export type Initializer = ReturnType<typeof tf.initializers.zeros>;

/**
 * An initializer that hands a layer ready-made values the first time it is asked, and from then on, in
 * `getConfig` and in saved files, is `original` again. A layer built with it allocates its weights once,
 * where `setWeights` after the fact would hold them twice.
 *
 * @param original what the layer's configuration should say, e.g. `tf.initializers.randomUniform({...})`.
 * @param create makes the tensor; the layer that is built takes it over.
 */
export function presetInitializer(original: Initializer, create: () => tf.Tensor): Initializer {
  let pending: (() => tf.Tensor) | undefined = create;
  return Object.create(original, {
    apply: {
      value(shape: number[], dtype?: 'float32') {
        if (!pending) return original.apply(shape, dtype);
        const tensor = pending();
        pending = undefined;
        tf.util.assertShapesMatch(tensor.shape, shape, 'A preset weight does not fit its layer: ');
        return tensor;
      },
    },
  });
}
