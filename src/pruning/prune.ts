import type { tf } from '../backend/tf';
import { applyPlan } from './applyPlan';
import { makePlan, type PruneOptions } from './makePlan';

/**
 * A smaller copy of a model: the least important channels are gone, from the layers that make them and from
 * the layers that read them. The same as `applyPlan(model, makePlan(model, options))`.
 *
 * @returns a new model, not compiled; dispose it with `model.dispose()`. The original is left as it was, and
 *   with percent 0 the result is an equal copy.
 * @throws RangeError for a percent outside [0, 1) or an unknown importance; TypeError for a layer type
 *   without a rule.
 */
export function prune(model: tf.LayersModel, options: PruneOptions): tf.LayersModel {
  return applyPlan(model, makePlan(model, options));
}
