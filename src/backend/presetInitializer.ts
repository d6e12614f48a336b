import { tf } from './tf';

export type Initializer = ReturnType<typeof tf.initializers.zeros>;

/**
 * An initializer that hands a layer ready-made values the first time it is asked, and from then on, in
 * `getConfig` and in saved files, is `original` again. A layer built with it allocates its weights once,
 * where `setWeights` after the fact would hold them twice.
 *
 * @param original what the layer's configuration should say, e.g. `tf.initializers.randomUniform({...})`.
 * @param create makes the tensor, of the shape that the layer asks for; the layer takes it over.
 */
export function presetInitializer(
  original: Initializer,
  create: (shape: number[]) => tf.Tensor,
): Initializer {
  let pending: typeof create | undefined = create;
  return Object.create(original, {
    apply: {
      value(shape: number[], dtype?: 'float32') {
        if (!pending) return original.apply(shape, dtype);
        const tensor = pending(shape);
        pending = undefined;
        tf.util.assertShapesMatch(tensor.shape, shape, 'A preset weight does not fit its layer: ');
        return tensor;
      },
    },
  });
}
