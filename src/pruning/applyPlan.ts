import type { tf } from '../backend/tf';
import type { Plan } from './makePlan';
import { planChanges } from './planChanges';
import { rebuildModel } from './rebuildModel';
import { sliceTensor } from './sliceTensor';

/**
 * The smaller model: every weight loses exactly the indices that the plan cuts, where they are produced and
 * where they are read.
 *
 * @returns a new model, not compiled, with the same layer names; dispose it with `model.dispose()`. The
 *   original is left as it was.
 * @throws RangeError when the plan does not fit the model; TypeError for a layer type without a rule.
 */
export function applyPlan(model: tf.LayersModel, plan: Plan): tf.LayersModel {
  const { options, kept } = planChanges(model, plan);
  return rebuildModel(model, {
    options,
    weight: (path, name, tensor) => sliceTensor(tensor, kept(path, name, tensor.shape)),
  });
}
