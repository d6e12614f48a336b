import { createTensor } from '../backend/createTensor';
import { type RowSource, readRows } from '../backend/readValues';
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
  return createTensor(slicedShape(tensor.shape, kept), (target) => {
    const take = rowTaker(tensor.shape, kept);
    let done = 0;
    readRows(tensor, (source, firstRow) => {
      done += take(source, firstRow, target, done);
    });
  });
}

/**
 * The same of a weight that lies elsewhere, a block of rows at a time.
 *
 * @param lend gives an array of that length, which is needed until the next block.
 */
export function sliceRows(source: RowSource, kept: Kept, lend: (length: number) => Float32Array): RowSource {
  const shape = slicedShape(source.shape, kept);
  const columns = shape[shape.length - 1];
  return {
    shape,
    visitRows(visit) {
      const take = rowTaker(source.shape, kept);
      let row = 0;
      source.visitRows((values, firstRow) => {
        const target = lend(values.length);
        const found = take(values, firstRow, target, 0);
        visit(target.subarray(0, found), row);
        row += found / columns;
      });
    },
  };
}

function slicedShape(shape: number[], kept: Kept): number[] {
  return shape.map((size, axis) => kept[axis]?.length ?? size);
}

/**
 * @returns a function that takes what stays of the next rows of `source`, whose first has that number, into
 *   `target` from index `to` on, and answers how many numbers these were.
 */
function rowTaker(shape: number[], kept: Kept) {
  const last = shape.length - 1;
  const columns = kept[last];
  const width = shape[last];
  const rows = keptRows(shape.slice(0, last), kept);
  let done = 0;
  return (source: Float32Array, firstRow: number, target: Float32Array, to: number): number => {
    const end = firstRow + source.length / width;
    let next = done;
    while (next < rows.length && rows[next] < end) next++;
    const starts = rows.subarray(done, next).map((row) => (row - firstRow) * width);
    done = next;
    if (columns) gatherColumns(target, to, source, starts, columns);
    else copyRows(target, to, source, starts, width);
    return starts.length * (columns?.length ?? width);
  };
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
