import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { createShared } from './sharedMemory';
import { tf } from './tf';

/**
 * A new float32 tensor whose values `fill` writes in place: on wasm straight into the engine's heap, on native
 * into memory that TensorFlow takes over as it is, so that 300 MB of weights exist once and not twice.
 *
 * @param fill gets the zeroed-or-stale array to write, all of it; it must not create tensors.
 * @returns the tensor; the caller disposes it.
 * @throws Error when the engine has no memory left.
 */
export function createTensor(shape: number[], fill: (values: Float32Array) => void): tf.Tensor {
  if (tf.getBackend() === 'tensorflow') {
    const shared = createShared(shape, fill);
    if (shared) return shared;
  }
  if (tf.getBackend() !== 'wasm') {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    fill(values);
    return tf.tensor(values, shape);
  }
  const backend = tf.backend() as BackendWasm;
  const info = backend.makeOutput(shape, 'float32');
  try {
    if (backend.getMemoryOffset(info.dataId) === 0) {
      throw new Error(`The wasm engine has no memory left for a tensor of shape [${shape.join(', ')}].`);
    }
    fill(backend.typedArrayFromHeap(info) as Float32Array);
  } catch (error) {
    backend.disposeData(info.dataId);
    throw error;
  }
  return tf.engine().makeTensorFromTensorInfo(info, backend);
}
