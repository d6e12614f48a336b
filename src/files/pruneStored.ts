import { makeWeights, noValues } from '../backend/makeWeights';
import type { RowSource } from '../backend/readValues';
import { tf } from '../backend/tf';
import { layersByPath } from '../pruning/layerPaths';
import { weightNameOf } from '../pruning/layerWeight';
import type { Plan } from '../pruning/makePlan';
import { type PlanChanges, planChanges } from '../pruning/planChanges';
import { rebuildModel } from '../pruning/rebuildModel';
import { sliceRows } from '../pruning/sliceTensor';
import { lendArray } from './lendArray';
import type { StoredModel } from './openStored';
import { namedWeights, type SaveModelOptions, writeModel } from './writeModel';

type Weight = tf.LayersModel['weights'][number];

/** What a plan leaves of a stored model; nothing is written so far. */
export interface PrunedStored {
  /** Its layers and connections, the weights without values. Dispose it with `graph.dispose()`. */
  graph: tf.LayersModel;
  /** Writes it as `saveModel` would, reading one block of one weight at a time. */
  save(dir: string, options?: SaveModelOptions): void;
}

/**
 * `applyPlan` for a stored model.
 *
 * @throws as `applyPlan`.
 */
export function pruneStored(stored: StoredModel, plan: Plan): PrunedStored {
  const { options, kept } = planChanges(stored.graph, plan);
  const graph = makeWeights(noValues, () => rebuildModel(stored.graph, { options }));
  return {
    graph,
    save(dir, saveOptions = {}) {
      const values = slicedWeights(stored, graph, kept);
      const weights = namedWeights(graph, (weight) => values.get(weight) as RowSource);
      writeModel(graph, weights, dir, saveOptions);
    },
  };
}

/** For every weight of the pruned graph what stays of the original's. */
function slicedWeights(
  { graph: original, rowsOf }: StoredModel,
  pruned: tf.LayersModel,
  kept: PlanChanges['kept'],
): Map<Weight, RowSource> {
  const values = new Map<Weight, RowSource>();
  const originals = layersByPath(original);
  const lend = lendArray();
  for (const [path, layer] of layersByPath(pruned)) {
    if (layer instanceof tf.LayersModel) continue;
    layer.weights.forEach((weight, index) => {
      const from = (originals.get(path) as tf.layers.Layer).weights[index];
      const rows = rowsOf(from);
      const sliced = sliceRows(rows, kept(path, weightNameOf(from), rows.shape), lend);
      tf.util.assertShapesMatch(
        sliced.shape,
        weight.shape as number[],
        'A sliced weight does not fit its layer: ',
      );
      values.set(weight, sliced);
    });
  }
  return values;
}
