import * as tf from '@tensorflow/tfjs';

/**
 * TensorFlow.js, quiet: its pure JavaScript engine prints a banner at first use on Node, which would be
 * the first output of every lesson. Use this export, so that your code and the library share one instance.
 */
const cpu = tf.findBackend('cpu') as unknown as { firstUse: boolean };
cpu.firstUse = false;

export { tf };
