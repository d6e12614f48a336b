import type { tf } from '../backend/tf';
import { loadPlan } from '../files/loadPlan';
import { makePlan, type Plan, type PruneOptions } from '../pruning/makePlan';
import { planMembers } from '../pruning/planMembers';
import type { Options } from './parseOptions';
import { UsageError } from './usageError';

/**
 * The plan that the flags ask for, loaded or made, and known to fit the model.
 *
 * @throws UsageError, one line, where it cannot be loaded or made, or does not fit.
 */
export function planFor(
  model: tf.LayersModel,
  options: Options,
  others: Pick<PruneOptions, 'pruneOutputs' | 'importance'>,
): Plan {
  const { plan: file, apply, percent, ignore } = options;
  try {
    if (!apply || file === undefined) return makePlan(model, { percent, ignore, ...others });
    const plan = loadPlan(file);
    try {
      planMembers(model, plan);
    } catch (error) {
      throw new Error(`The plan in '${file}' cannot be used: ${(error as Error).message}`, { cause: error });
    }
    return plan;
  } catch (error) {
    throw badInput(error);
  }
}

/** What a wrong file or name is: bad input, in one line (TensorFlow.js's own messages have several). */
export function badInput(error: unknown): UsageError {
  return new UsageError((error as Error).message.replace(/\s+/g, ' ').trim());
}
