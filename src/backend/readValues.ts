import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { sharedMemory } from './sharedMemory';
import { tf } from './tf';

/** Numbers in a block, 16 MB: small beside a layer, large enough that the calls do not count. */
const BLOCK = 4 * 2 ** 20;

/**
 * Brings a tensor to the engine that computes now, where another one made it. TensorFlow.js does that at first
 * use, but a wasm heap may grow for it, which empties every window taken before.
 */
export function moveToEngine(tensor: tf.Tensor): void {
  if (tf.getBackend() === 'wasm') (tf.backend() as BackendWasm).getMemoryOffset(tensor.dataId);
}

/**
 * The values of a float32 tensor, without a copy where the engine allows it (wasm: a window onto its heap;
 * cpu: the array itself; native: the memory of a large tensor that `createTensor` made). Only read it, and take it again after anything that creates a tensor: a wasm heap
 * that grows leaves old windows empty.
 */
export function readValues(tensor: tf.Tensor): Float32Array {
  if (tf.getBackend() === 'wasm') {
    moveToEngine(tensor);
    return (tf.backend() as BackendWasm).typedArrayFromHeap(tensor) as Float32Array;
  }
  return sharedMemory(tensor)?.values ?? tensor.dataSync<'float32'>();
}

/** Gets rows' values (read only, valid during the call) and the number of the first of them. */
export type RowVisitor = (values: Float32Array, firstRow: number) => void;

/** A weight whose values lie elsewhere than in a tensor, in files for example. */
export interface RowSource {
  shape: number[];
  /** Visits all rows in order, in blocks of whole rows; `rowsPerBlock` says of how many where they are added up. */
  visitRows(visit: RowVisitor): void;
}

/**
 * Visits a weight as a matrix [all axes but the last, last axis], in blocks of whole rows, so that native,
 * where it has to copy, never copies more than a block at a time. A block has a multiple of eight rows, but
 * for the last one, so that code which adds eight at a time adds in the same order wherever the values lie.
 */
export function readRows(weight: tf.Tensor | RowSource, visit: RowVisitor): void {
  if (!(weight instanceof tf.Tensor)) {
    weight.visitRows(visit);
    return;
  }
  if (tf.getBackend() !== 'tensorflow' || sharedMemory(weight)) {
    visit(readValues(weight), 0);
    return;
  }
  const columns = weight.shape[weight.rank - 1] ?? 1;
  const rows = weight.size / columns;
  const perBlock = rowsPerBlock(columns, BLOCK);
  for (let first = 0; first < rows; first += perBlock) {
    const block = tf.tidy(() =>
      weight.reshape([rows, columns]).slice([first, 0], [Math.min(perBlock, rows - first), columns]),
    );
    visit(block.dataSync<'float32'>(), first);
    block.dispose();
  }
}

/** How many rows make a block of about so many numbers: a multiple of eight. */
export function rowsPerBlock(columns: number, numbers: number): number {
  return 8 * Math.max(1, Math.floor(numbers / columns / 8));
}
