import * as fs from 'node:fs';
import * as path from 'node:path';
import type { tf } from '../backend/tf';
import { backendLine, useBackend } from '../backend/useBackend';
import { loadModel } from '../files/loadModel';
import { saveModel } from '../files/saveModel';
import { savePlan } from '../files/savePlan';
import { applyPlan } from '../pruning/applyPlan';
import { explain } from '../pruning/explain';
import type { Plan } from '../pruning/makePlan';
import { type Comparison, compare } from '../report/compare';
import { comparisonText } from '../report/comparisonText';
import { outputFiles } from './outputFiles';
import type { Options } from './parseOptions';
import { badInput, planFor } from './planFor';
import type { Terminal } from './terminal';
import { UsageError } from './usageError';

export interface ModelRunReport {
  options: Options;
  backend: { name: string; reason: string };
  plan: Plan;
  comparison: Comparison;
  /** The saved model (a directory) and the plan. */
  files: string[];
}

/**
 * Prunes a saved model of the user's own: loads it, explains the plan, compares before and after, and writes
 * what was asked for. Everything that can be wrong with the model or the plan is found before anything is written.
 *
 * @throws UsageError, one line, for a model or plan that cannot be used.
 */
export async function pruneModel(
  options: Options & { model: string },
  terminal: Terminal,
): Promise<ModelRunReport> {
  const paths = outputFiles(options);
  requireOtherFolder(options.model, paths.pruned);
  const backend = await useBackend(options.backend);
  terminal.result(backendLine(backend));
  terminal.status(`loading ${options.model} ...`);
  const model = await loadModel(options.model).catch((error) => {
    throw badInput(error);
  });
  let pruned: tf.LayersModel | undefined;
  try {
    const plan = planFor(model, options, options.pruneOutputs);
    terminal.result(explain(plan, model));
    terminal.status('pruning ...');
    pruned = applyPlan(model, plan);
    const comparison = compare(model, pruned);
    terminal.result(`\n${comparisonText(comparison)}`);
    const report: ModelRunReport = { options, backend, plan, comparison, files: [] };
    const written = (file: string): void => {
      report.files.push(file);
      terminal.result(`written: ${file}`);
    };
    if (paths.plan !== undefined) {
      savePlan(plan, paths.plan, { overwrite: options.force });
      written(paths.plan);
    }
    if (paths.pruned !== undefined) {
      terminal.status(`saving ${paths.pruned} ...`);
      await saveModel(pruned, paths.pruned, { overwrite: options.force });
      written(paths.pruned);
    }
    return report;
  } finally {
    pruned?.dispose();
    model.dispose();
  }
}

/** With --force the pruned model would replace the one that it was made of. */
function requireOtherFolder(model: string, pruned: string | undefined): void {
  if (pruned === undefined || !fs.existsSync(model) || !fs.existsSync(pruned)) return;
  const from = fs.realpathSync(fs.statSync(model).isDirectory() ? model : path.dirname(model));
  if (from !== fs.realpathSync(pruned)) return;
  throw new UsageError(`The pruned model would replace '${model}' itself: choose another folder with --out.`);
}
