import * as fs from 'node:fs';
import { requireOptions } from '../nets/requireOptions';
import type { Plan } from '../pruning/makePlan';
import { planToJson } from '../pruning/planToJson';
import { isThere } from './isThere';
import { writeFile } from './writeFile';

export interface SavePlanOptions {
  /** Whether a file that is already there may be replaced. Default false. */
  overwrite?: boolean;
}

/**
 * Saves a plan as JSON: the kept channels of every group, and the layers of the model that it was made for.
 * `loadPlan` reads it, also after `keep` was edited by hand. The file is written whole or not at all.
 *
 * @param file its folder is made where it is missing.
 * @throws Error when there is such a file and `overwrite` is not true, or when writing fails; TypeError for an
 *   unknown option.
 */
export function savePlan(plan: Plan, file: string, options: SavePlanOptions = {}): void {
  requireOptions(options, ['overwrite'], '{ overwrite: true }');
  const text = planToJson(plan);
  if (!options.overwrite && isThere(file)) {
    throw new Error(`There is a file already: '${file}'. Say overwrite: true to replace it.`);
  }
  if (fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`The plan cannot be saved as '${file}': that is a directory.`);
  }
  writeFile(file, text);
}
