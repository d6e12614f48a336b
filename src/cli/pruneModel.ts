import * as fs from 'node:fs';
import * as path from 'node:path';
import { type BackendName, backendLine, useBackend } from '../backend/useBackend';
import { findModelFile, readModelFile } from '../files/readModelFile';
import { savePlan } from '../files/savePlan';
import { weightBytes } from '../files/weightBytes';
import { explain } from '../pruning/explain';
import type { Plan } from '../pruning/makePlan';
import { type Comparison, compare } from '../report/compare';
import { bytesText, comparisonText } from '../report/comparisonText';
import { openForPruning, type PrunedModel } from './openForPruning';
import { outputFiles } from './outputFiles';
import type { Options } from './parseOptions';
import { badInput, planFor } from './planFor';
import type { Terminal } from './terminal';
import { usableMemory } from './usableMemory';
import { UsageError } from './usageError';

export interface ModelRunReport {
  options: Options;
  backend: { name: string; reason: string };
  /** Whether the model was pruned without loading it. */
  fileToFile: boolean;
  plan: Plan;
  comparison: Comparison;
  /** The saved model (a directory) and the plan. */
  files: string[];
}

/**
 * Prunes a saved model of the user's own: loads it, explains the plan, compares before and after, and writes
 * what was asked for. Everything that can be wrong with the model or the plan is found before anything is written.
 * A model whose weights need more than half of the memory is pruned from file to file, with the same result.
 *
 * @param memoryOf how many bytes there are for an engine; tests give few.
 * @throws UsageError, one line, for a model or plan that cannot be used.
 */
export async function pruneModel(
  options: Options & { model: string },
  terminal: Terminal,
  memoryOf = usableMemory,
): Promise<ModelRunReport> {
  const paths = outputFiles(options);
  requireOtherFolder(options.model, paths.pruned);
  const backend = await useBackend(options.backend);
  terminal.result(backendLine(backend));
  const reason = reasonForFiles(options, backend.name, memoryOf(backend.name));
  if (reason !== undefined) terminal.result(`From file to file, one weight at a time: ${reason}.`);
  terminal.status(`${reason === undefined ? 'loading' : 'reading'} ${options.model} ...`);
  const opened = await openForPruning(options.model, reason !== undefined).catch((error) => {
    throw badInput(error);
  });
  let pruned: PrunedModel | undefined;
  try {
    requireOtherFile(options.model, paths.plan);
    const { model, importance } = opened;
    const plan = planFor(model, options, { pruneOutputs: options.pruneOutputs, importance });
    terminal.result(explain(plan, model));
    terminal.status('pruning ...');
    pruned = opened.prune(plan);
    const comparison = compare(model, pruned.model);
    terminal.result(`\n${comparisonText(comparison)}`);
    const report: ModelRunReport = {
      options,
      backend,
      fileToFile: reason !== undefined,
      plan,
      comparison,
      files: [],
    };
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
      await pruned.save(paths.pruned, { overwrite: options.force });
      written(paths.pruned);
    }
    return report;
  } finally {
    pruned?.model.dispose();
    opened.model.dispose();
  }
}

/** Why the model is not loaded; undefined where it is. */
function reasonForFiles(
  { model, fileToFile }: Options & { model: string },
  engine: BackendName,
  memory: number,
): string | undefined {
  if (fileToFile) return '--file-to-file asks for it';
  try {
    const bytes = weightBytes(model);
    if (bytes <= memory / 2) return undefined;
    return `its weights have ${bytesText(bytes)}, more than half of the ${bytesText(memory)} of memory that the ${engine} engine can use`;
  } catch (error) {
    throw badInput(error);
  }
}

/** With --force the pruned model would replace the one that it was made of. */
function requireOtherFolder(model: string, pruned: string | undefined): void {
  if (pruned === undefined || !fs.existsSync(model) || !fs.existsSync(pruned)) return;
  const from = fs.realpathSync(fs.statSync(model).isDirectory() ? model : path.dirname(model));
  if (from !== fs.realpathSync(pruned)) return;
  throw new UsageError(`The pruned model would replace '${model}' itself: choose another folder with --out.`);
}

/** With --force the plan would replace the model's JSON file or one of its files of weights. */
function requireOtherFile(model: string, plan: string | undefined): void {
  if (plan === undefined || !fs.existsSync(plan)) return;
  const { dir, file } = findModelFile(model);
  const shards = readModelFile(file).weightsManifest.flatMap(({ paths }) => paths);
  const own = [file, ...shards.map((name) => path.join(dir, name))];
  if (!own.map((each) => fs.realpathSync(each)).includes(fs.realpathSync(plan))) return;
  throw new UsageError(`The plan would replace '${plan}', which belongs to the model: choose another file.`);
}
