import { noValues } from '../backend/makeWeights';
import { type RowSource, rowsPerBlock } from '../backend/readValues';
import { tf } from '../backend/tf';
import { BLOCK, lendArray } from './lendArray';
import { openModel } from './openModel';
import { readWeight, type StoredWeight } from './shardReader';

type Weight = tf.LayersModel['weights'][number];

/** A saved model whose weights stay in their files. */
export interface StoredModel {
  /**
   * Its layers and their connections. Weights have names and shapes, but no values: nothing can be computed with
   * it. Dispose it with `graph.dispose()`.
   */
  graph: tf.LayersModel;
  /** The values of one of the graph's weights, read from the files when they are visited. */
  rowsOf(weight: Weight): RowSource;
}

/**
 * Opens a saved model without reading its weights; takes no memory for them, on any engine.
 *
 * @param source as for `loadModel`, and with the same errors.
 */
export async function openStored(source: string): Promise<StoredModel> {
  const { model, stored } = await openModel(source, noValues);
  const lend = lendArray();
  return {
    graph: model,
    rowsOf: ({ originalName }) => storedRows(stored.get(originalName) as StoredWeight, lend),
  };
}

function storedRows(place: StoredWeight, lend: (length: number) => Float32Array): RowSource {
  const { shape } = place;
  const columns = shape[shape.length - 1] ?? 1;
  const size = tf.util.sizeFromShape(shape);
  const perBlock = columns * rowsPerBlock(columns, BLOCK);
  return {
    shape,
    visitRows(visit) {
      for (let first = 0; first < size; first += perBlock) {
        const values = lend(Math.min(perBlock, size - first));
        readWeight(place, values, first);
        visit(values, first / columns);
      }
    },
  };
}
