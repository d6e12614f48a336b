import { createTensor } from '../backend/createTensor';
import { readRows } from '../backend/readValues';
import type { tf } from '../backend/tf';
import type { Plan } from './makePlan';
import { byKey, planMembers } from './planMembers';
import { rebuildModel } from './rebuildModel';

/**
 * The model at its full size in which the cut channels are silent: where the next layer that mixes channels
 * reads them, its weights are zero. It computes what the sliced model computes, which is the proof that the
 * slicing is right.
 *
 * @returns a new model, not compiled; dispose it with `model.dispose()`. The original is left as it was.
 * @throws RangeError when the plan does not fit the model; TypeError for a layer type without a rule.
 */
export function maskPlan(model: tf.LayersModel, plan: Plan): tf.LayersModel {
  const readers = planMembers(model, plan).members.filter(({ role }) => role === 'reads');
  const readersOf = byKey(readers, ({ layer, weight }) => `${layer} ${weight}`);
  return rebuildModel(model, {
    options: () => ({}),
    weight: (path, name, tensor) => {
      const silent = readersOf(`${path} ${name}`);
      return createTensor(tensor.shape, (values) => {
        readRows(tensor, (rows, first) => values.set(rows, first * tensor.shape[tensor.rank - 1]));
        for (const { axis, cutIndices } of silent) zero(values, tensor.shape, axis, cutIndices);
      });
    },
  });
}

/** Sets a tensor's values to 0 at some indices of one axis. */
function zero(values: Float32Array, shape: number[], axis: number, indices: number[]): void {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const block = shape[axis] * inner;
  for (let start = 0; start < values.length; start += block) {
    for (const index of indices) values.fill(0, start + index * inner, start + (index + 1) * inner);
  }
}
