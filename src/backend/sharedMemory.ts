import { tf } from './tf';
import { type Memory, newMemory } from './webAssembly';

/** Below this many numbers (1 MB) a copy costs less than a memory of its own. */
const SMALLEST = 2 ** 18;
const PAGE = 65536;

export interface SharedMemory {
  memory: Memory;
  /** The tensor's values, at the start of the memory. */
  values: Float32Array;
  /** Address of room for one double per index of the tensor's last axis. */
  scratch: number;
}

const memories = new WeakMap<object, SharedMemory>();

/**
 * On native a large tensor gets a WebAssembly memory: TensorFlow takes an array over without copying where it
 * begins on a 64-byte boundary, as these do, so that C++, JavaScript and WebAssembly all see the same weights.
 *
 * @param fill writes all values.
 * @returns undefined where the tensor is small or the system grants no such memory.
 */
export function createShared(shape: number[], fill: (values: Float32Array) => void): tf.Tensor | undefined {
  const size = tf.util.sizeFromShape(shape);
  if (size < SMALLEST) return undefined;
  const scratch = Math.ceil((size * 4) / 16) * 16;
  const columns = shape[shape.length - 1];
  const memory = newMemory(Math.ceil((scratch + columns * 8) / PAGE));
  if (!memory) return undefined;
  const values = new Float32Array(memory.buffer, 0, size);
  fill(values);
  const tensor = tf.tensor(values, shape);
  memories.set(tensor.dataId, { memory, values, scratch });
  return tensor;
}

/** @returns undefined for a tensor that has no memory of its own, or whose values were moved to another engine. */
export function sharedMemory(tensor: tf.Tensor): SharedMemory | undefined {
  return tf.getBackend() === 'tensorflow' ? memories.get(tensor.dataId) : undefined;
}
