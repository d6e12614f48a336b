import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { tf } from './tf';

/**
 * The values of a float32 tensor, without a copy where the engine allows it (wasm: a window onto its heap;
 * cpu: the array itself). Only read it, and take it again after anything that creates a tensor: a wasm heap
 * that grows leaves old windows empty.
 */
export function readValues(tensor: tf.Tensor): Float32Array {
  if (tf.getBackend() === 'wasm') {
    return (tf.backend() as BackendWasm).typedArrayFromHeap(tensor) as Float32Array;
  }
  return tensor.dataSync<'float32'>();
}
