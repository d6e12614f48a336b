import type { tf } from '../backend/tf';
import { filterAxis } from '../pruning/filterAxis';
import { filterNorms } from '../pruning/l1Norms';
import { layersByPath } from '../pruning/layerPaths';
import { weightOf } from '../pruning/layerWeight';
import type { ChannelScorer, Importance } from '../pruning/unitScores';
import type { StoredModel } from './openStored';

/**
 * For `makePlan` with the graph of a stored model: an importance that reads one kernel at a time from the files.
 *
 * @throws RangeError for a function: it would find no weights in the graph.
 */
export function storedImportance({ graph, rowsOf }: StoredModel, importance: Importance = 'l1'): Importance {
  if (typeof importance === 'function') {
    throw new RangeError(
      `importance must be 'l1' or 'random' from file to file, but is the function '${importance.name}': ` +
        'it needs a loaded model.',
    );
  }
  const layers = layersByPath(graph);
  // a plan calls a function by its name
  const l1: ChannelScorer = (_, layerName) => {
    const layer = layers.get(layerName) as tf.layers.Layer;
    const { weight, axis } = filterAxis(layer);
    return filterNorms(rowsOf(weightOf(layer, weight, layerName)), axis);
  };
  return importance === 'l1' ? l1 : importance;
}
