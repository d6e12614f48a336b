import { tf } from '../../src/backend/tf';

/** Where each layer type keeps its filters: the weight's position among its weights, and the axis from the end. */
const FILTERS: Record<string, { weight: number; fromEnd: number }> = {
  Conv1D: { weight: 0, fromEnd: 1 },
  Conv2D: { weight: 0, fromEnd: 1 },
  Conv3D: { weight: 0, fromEnd: 1 },
  Conv2DTranspose: { weight: 0, fromEnd: 2 },
  Conv3DTranspose: { weight: 0, fromEnd: 2 },
  SeparableConv2D: { weight: 1, fromEnd: 1 },
  Dense: { weight: 0, fromEnd: 1 },
  Embedding: { weight: 0, fromEnd: 1 },
};

/** For each layer that makes channels: 1 for each channel that it kept, 0 for each that it lost. */
export type KeptFilters = Map<tf.layers.Layer, number[]>;

/**
 * Reads off a pruned model's weights which filters of the original it has: by their values, which are random
 * numbers and so all different. No plan and no code of src/pruning has a say in it.
 */
export function keptFilters(original: tf.LayersModel, pruned: tf.LayersModel): KeptFilters {
  const kept: KeptFilters = new Map();
  original.layers.forEach((layer, index) => {
    const other = pruned.layers[index];
    if (layer.name !== other.name) throw new Error(`${layer.name} became ${other.name}`);
    if (layer instanceof tf.LayersModel) {
      for (const [inner, flags] of keptFilters(layer, other as tf.LayersModel)) kept.set(inner, flags);
      return;
    }
    const place = FILTERS[layer.getClassName()];
    if (!place) return;
    const [before, after] = [layer, other].map((each) => filters(each, place));
    const owner = new Map<number, number>();
    before.forEach((values, filter) => {
      for (const value of values) owner.set(value, (owner.get(value) ?? filter) === filter ? filter : -1);
    });
    const flags = before.map(() => 0);
    let last = -1;
    for (const values of after) {
      // a number that two filters have says nothing
      const owners = new Set(Array.from(values, (value) => owner.get(value)).filter((each) => each !== -1));
      const [filter] = owners;
      if (owners.size !== 1 || filter === undefined || filter <= last)
        throw new Error(`the filters of ${layer.name} are mixed up`);
      flags[filter] = 1;
      last = filter;
    }
    kept.set(layer, flags);
  });
  return kept;
}

/** The values of each filter of a layer. */
export function filters(
  layer: tf.layers.Layer,
  place = FILTERS[layer.getClassName()],
): (Float32Array | number[])[] {
  return tf.tidy(() => {
    const weight = layer.getWeights()[place.weight];
    const axis = weight.rank - place.fromEnd;
    return tf.unstack(weight, axis).map((filter) => filter.dataSync<'float32'>());
  });
}
