import { requireOptions } from '../nets/requireOptions';
import { makePlan, type Plan, PRUNE_OPTIONS, type PruneOptions } from '../pruning/makePlan';
import { type Comparison, compare } from '../report/compare';
import { openStored, type StoredModel } from './openStored';
import { type PrunedStored, pruneStored } from './pruneStored';
import { storedImportance } from './storedImportance';
import { requireNoModel, type SaveModelOptions } from './writeModel';

/** What to cut: the options of `makePlan`, or a plan, made or loaded before. */
export type PruneFileOptions = SaveModelOptions & (PruneOptions | { plan: Plan });

type AllOptions = Partial<PruneOptions> & SaveModelOptions & { plan?: Plan };

export interface PrunedFile {
  plan: Plan;
  /** Parameters, multiply-adds and bytes before and after, as `compare` counts them. */
  comparison: Comparison;
}

/**
 * Prunes a saved model from file to file: for models that are too large to be loaded. No weight is ever in memory
 * as a whole, but a few blocks of 4 MB of one (eight rows of a weight whose rows are longer), and lists of its rows:
 * about 150 bytes for each row of a dense kernel, which matters where there are millions. What is written is bit for
 * bit what `loadModel`, `makePlan`, `applyPlan` and `saveModel` would write.
 *
 * @param source the directory that holds `model.json`, or the JSON file itself.
 * @param directory where the pruned model is written; as for `saveModel`, it holds the old model or the new one,
 *   whole, however this ends.
 * @param options those of `makePlan` (`importance` 'l1' or 'random' only) or `{ plan }`, and `overwrite`.
 * @throws as `loadModel`, `makePlan`, `applyPlan` and `saveModel`; RangeError for an importance that is a function;
 *   TypeError for a plan together with other options. Then nothing is written.
 */
export async function pruneFile(
  source: string,
  directory: string,
  options: PruneFileOptions,
): Promise<PrunedFile> {
  requireOptions<AllOptions>(options, [...PRUNE_OPTIONS, 'plan', 'overwrite'], '{ percent: 0.5 }');
  const { overwrite = false, ...ofPlan }: AllOptions = options;
  if (!overwrite) requireNoModel(directory);
  const stored = await openStored(source);
  let pruned: PrunedStored | undefined;
  try {
    const plan = planOf(stored, ofPlan);
    pruned = pruneStored(stored, plan);
    const comparison = compare(stored.graph, pruned.graph);
    pruned.save(directory, { overwrite });
    return { plan, comparison };
  } finally {
    pruned?.graph.dispose();
    stored.graph.dispose();
  }
}

function planOf(stored: StoredModel, { plan, ...others }: AllOptions): Plan {
  if (plan === undefined) {
    const importance = storedImportance(stored, others.importance);
    return makePlan(stored.graph, { ...others, importance } as PruneOptions);
  }
  const names = Object.keys(others);
  if (names.length === 0) return plan;
  throw new TypeError(
    `Expected a plan or options to make one, but found both: plan and ${names.join(', ')}.`,
  );
}
