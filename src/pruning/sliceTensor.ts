import { createTensor } from '../backend/createTensor';
import { readRows } from '../backend/readValues';
import type { tf } from '../backend/tf';

/** The indices that stay on each axis; undefined where all stay. */
export type Kept = (Int32Array | undefined)[];

/**
 * A new tensor with some indices of some axes only, e.g. half the rows and half the columns of a kernel.
 *
 * @param kept one entry per axis, ascending; a shorter list leaves the later axes whole.
 * @returns the tensor; the caller disposes it.
 */
export function sliceTensor(tensor: tf.Tensor, kept: Kept): tf.Tensor {
  const shape = tensor.shape.map((size, axis) => kept[axis]?.length ?? size);
  const last = tensor.rank - 1;
  const columns = kept[last];
  const width = tensor.shape[last];
  const rows = keptRows(tensor.shape.slice(0, last), kept);
  return createTensor(shape, (target) => {
    let done = 0;
    readRows(tensor, (source, firstRow) => {
      const end = firstRow + source.length / width;
      let next = done;
      while (next < rows.length && rows[next] < end) next++;
      const starts = rows.subarray(done, next).map((row) => (row - firstRow) * width);
      if (columns) gatherColumns(target, done * columns.length, source, starts, columns);
      else copyRows(target, done * width, source, starts, width);
      done = next;
    });
  });
}

/**
 * Four rows in one pass over the column numbers: half again as fast as row by row.
 * @param starts where each row begins in `source`; they land one behind the other from `to` on.
 */
function gatherColumns(
  target: Float32Array,
  to: number,
  source: Float32Array,
  starts: Int32Array,
  columns: Int32Array,
): void {
  const n = columns.length;
  let row = 0;
  for (; row + 4 <= starts.length; row += 4) {
    // not [from0, ...] = starts.subarray(...), which takes longer than four short rows do
    const from0 = starts[row];
    const from1 = starts[row + 1];
    const from2 = starts[row + 2];
    const from3 = starts[row + 3];
    const at = to + row * n;
    for (let i = 0; i < n; i++) {
      const column = columns[i];
      target[at + i] = source[from0 + column];
      target[at + n + i] = source[from1 + column];
      target[at + 2 * n + i] = source[from2 + column];
      target[at + 3 * n + i] = source[from3 + column];
    }
  }
  for (; row < starts.length; row++) {
    const at = to + row * n;
    for (let i = 0; i < n; i++) target[at + i] = source[starts[row] + columns[i]];
  }
}

function copyRows(
  target: Float32Array,
  to: number,
  source: Float32Array,
  starts: Int32Array,
  width: number,
): void {
  starts.forEach((from, row) => {
    target.set(source.subarray(from, from + width), to + row * width);
  });
}

/** Numbers of the rows that stay, where all axes but the last are counted as rows of one matrix. */
function keptRows(shape: number[], kept: Kept): Int32Array {
  let rows = Int32Array.of(0);
  shape.forEach((size, axis) => {
    const indices = kept[axis] ?? Int32Array.from({ length: size }, (_, index) => index);
    const next = new Int32Array(rows.length * indices.length);
    rows.forEach((row, i) => {
      for (let j = 0; j < indices.length; j++) next[i * indices.length + j] = row * size + indices[j];
    });
    rows = next;
  });
  return rows;
}
