import { filterAxis } from '../pruning/filterAxis';
import { filterNorms } from '../pruning/l1Norms';
import { layerAt, weightOf } from '../pruning/layerWeight';
import type { ChannelScorer, Importance } from '../pruning/unitScores';
import type { StoredModel } from './openStored';

/**
 * For `makePlan` with the graph of a stored model: an importance that reads one kernel at a time from the files.
 *
 * @throws RangeError for a function: it would find no weights in the graph.
 */
export function storedImportance({ rowsOf }: StoredModel, importance: Importance = 'l1'): Importance {
  if (typeof importance === 'function') {
    throw new RangeError(
      `importance must be 'l1' or 'random' from file to file, but is the function '${importance.name}': ` +
        'it needs a loaded model.',
    );
  }
  // a plan calls a function by its name
  const l1: ChannelScorer = (graph, layerName) => {
    const layer = layerAt(graph, layerName);
    const { weight, axis } = filterAxis(layer);
    return filterNorms(rowsOf(weightOf(layer, weight, layerName)), axis);
  };
  return importance === 'l1' ? l1 : importance;
}
