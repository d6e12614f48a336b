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
    let row = 0;
    let to = 0;
    readRows(tensor, (source, firstRow) => {
      const endRow = firstRow + source.length / width;
      for (; row < rows.length && rows[row] < endRow; row++) {
        const from = (rows[row] - firstRow) * width;
        if (columns) {
          for (let i = 0; i < columns.length; i++) target[to + i] = source[from + columns[i]];
          to += columns.length;
        } else {
          target.set(source.subarray(from, from + width), to);
          to += width;
        }
      }
    });
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
