import * as fs from 'node:fs';
import type { Plan } from '../pruning/makePlan';
import { planFromJson } from '../pruning/planFromJson';

/**
 * Loads a plan that `savePlan` wrote, also after it was edited by hand. `applyPlan` and `maskPlan` refuse it for
 * any model whose layers have other names or weights of other shapes than those of the model it was made for.
 *
 * @throws Error that names the file and the first place in it that is wrong.
 */
export function loadPlan(file: string): Plan {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`No plan can be loaded from '${file}': there is no such file.`);
  if (!found.isFile()) throw new Error(`No plan can be loaded from '${file}': it is a directory.`);
  try {
    return planFromJson(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The plan in '${file}' cannot be used: ${(error as Error).message}`, { cause: error });
  }
}
