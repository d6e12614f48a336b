import type { tf } from '../backend/tf';
import { loadModel } from '../files/loadModel';
import { openStored } from '../files/openStored';
import { pruneStored } from '../files/pruneStored';
import { saveModel } from '../files/saveModel';
import { storedImportance } from '../files/storedImportance';
import type { SaveModelOptions } from '../files/writeModel';
import { applyPlan } from '../pruning/applyPlan';
import type { Plan } from '../pruning/makePlan';
import type { Importance } from '../pruning/unitScores';

/** A saved model to be pruned, in memory or from file to file. */
export interface OpenForPruning {
  /** To make a plan for, with this importance. Dispose it with `model.dispose()`. */
  model: tf.LayersModel;
  importance: Importance;
  prune(plan: Plan): PrunedModel;
}

/** What a plan leaves of it. */
export interface PrunedModel {
  /** Dispose it with `model.dispose()`. */
  model: tf.LayersModel;
  save(dir: string, options: SaveModelOptions): Promise<void>;
}

/**
 * @param fileToFile whether the weights stay in their files; then the models have none.
 * @throws as `loadModel`.
 */
export async function openForPruning(source: string, fileToFile: boolean): Promise<OpenForPruning> {
  if (!fileToFile) {
    const model = await loadModel(source);
    return { model, importance: 'l1', prune: (plan) => inMemory(applyPlan(model, plan)) };
  }
  const stored = await openStored(source);
  return {
    model: stored.graph,
    importance: storedImportance(stored),
    prune(plan) {
      const { graph, save } = pruneStored(stored, plan);
      return { model: graph, save: async (dir, options) => save(dir, options) };
    },
  };
}

function inMemory(model: tf.LayersModel): PrunedModel {
  return { model, save: (dir, options) => saveModel(model, dir, options) };
}
