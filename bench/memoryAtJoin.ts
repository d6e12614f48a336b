import { type PruneOptions, prune, tf } from '../src/index';
import { collectGarbage } from './collectGarbage';

/**
 * The bytes in use, garbage not counted, when the prune call is at its fullest: the plan and all new layers are
 * there, and TensorFlow.js begins to join them to a model. In nets of many small layers the peak of the process
 * says little: V8 lets garbage grow as it likes.
 */
export function memoryAtJoin(net: tf.LayersModel, options: PruneOptions): number {
  let bytes = 0;
  class Probe extends tf.LayersModel {
    constructor(parts: ConstructorParameters<typeof tf.LayersModel>[0]) {
      bytes = memoryInUse();
      super(parts);
    }
  }
  Object.setPrototypeOf(net, Probe.prototype); // the pruned model is made by the class of the original
  try {
    prune(net, options).dispose();
  } finally {
    Object.setPrototypeOf(net, tf.LayersModel.prototype);
  }
  return bytes;
}

/** JavaScript's and the tensors', garbage not counted. */
export function memoryInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed + tf.memory().numBytes;
}
