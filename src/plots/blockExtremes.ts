import type { KernelAxes } from './kernelAxes';
import { notFinite } from './notFinite';

/** A kernel as a table: one row a block of out channels, one column a block of (in channel, kernel position). */
export interface BlockTable {
  rows: number;
  columns: number;
  /** Out channels of a row; the last row may hold fewer. */
  outsPerRow: number;
  /** (in, position) pairs of a column: 1, a kernel's row or so, or whole in channels. */
  pairsPerColumn: number;
  /** Row by row; the pair index is in * positions + position. */
  values: Float32Array;
}

/**
 * Shrinks a kernel to at most `mostRows` x `mostColumns` cells. A cell shows the weight of largest magnitude
 * of its block, sign included, so that no extreme weight disappears. A kernel of at most that many rows and
 * columns is only rearranged.
 *
 * @throws RangeError for NaN and infinite weights.
 */
export function blockExtremes(
  values: ArrayLike<number>,
  axes: KernelAxes,
  { mostRows, mostColumns }: { mostRows: number; mostColumns: number },
): BlockTable {
  const { positions, ins, outs } = axes;
  const outsPerRow = Math.ceil(outs / mostRows);
  const pairsPerColumn = columnWidth(axes, mostColumns);
  const rows = Math.ceil(outs / outsPerRow);
  const columns = Math.ceil((ins * positions) / pairsPerColumn);
  const cells = new Float32Array(rows * columns);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < ins; i++) {
      const column = Math.floor((i * positions + position) / pairsPerColumn);
      const start = (position * ins + i) * outs;
      for (let row = 0; row < rows; row++) {
        const end = Math.min((row + 1) * outsPerRow, outs);
        let extreme = cells[row * columns + column];
        for (let out = row * outsPerRow; out < end; out++) {
          const value = values[start + out];
          if (Math.abs(value) > Math.abs(extreme)) extreme = value;
          else if (Number.isNaN(value)) throw notFinite();
        }
        cells[row * columns + column] = extreme;
      }
    }
  }
  if (!cells.every(Number.isFinite)) throw notFinite();
  return { rows, columns, outsPerRow, pairsPerColumn, values: cells };
}

/** The fewest pairs that a column must hold, without a column that ends in the midst of the next kernel. */
function columnWidth({ positions, ins }: KernelAxes, mostColumns: number): number {
  for (let width = 1; width <= positions; width++) {
    if (positions % width === 0 && (ins * positions) / width <= mostColumns) return width;
  }
  return positions * Math.ceil(ins / mostColumns);
}
