import { tf } from '../backend/tf';
import type { Digits } from './digits';
import { digitTensor } from './digitTensor';
import { pickDigits } from './pickDigits';
import { shuffled } from './shuffled';

export interface TrainEpochOptions {
  /** With the number of the epoch it decides the order of the digits. */
  seed: number;
  epoch: number;
  /** Digits a step. Default 64; what is left over at the end of an epoch waits for the next one. */
  batchSize?: number;
  /** The loss grows by weightDecay / 2 times the sum of all squared weights. Default 0. */
  weightDecay?: number;
}

/**
 * Trains a model for one pass over the digits: softmax cross-entropy, one step of the optimizer a batch. Runs on
 * the native and the cpu engine; wasm has no gradient of a convolution.
 *
 * @param model [n, 28, 28, 1] -> [n, classes] logits, that is without softmax. Its weights change.
 * @param optimizer the same one for all epochs of a model, and a new one for another model.
 * @returns the mean loss of the steps, decay included.
 * @throws RangeError where there are fewer digits than one batch.
 */
export function trainEpoch(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  digits: Digits,
  { seed, epoch, batchSize = 64, weightDecay = 0 }: TrainEpochOptions,
): number {
  const steps = Math.floor(digits.labels.length / batchSize);
  if (steps === 0) {
    throw new RangeError(
      `Expected at least ${batchSize} digits, one batch, but found ${digits.labels.length}.`,
    );
  }
  const [classes] = model.outputs[0].shape.slice(-1) as number[];
  const order = shuffled(digits.labels.length, seed, epoch);
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const batch = pickDigits(digits, order.subarray(step * batchSize, (step + 1) * batchSize));
    sum += tf.tidy(() => {
      const pictures = digitTensor(batch);
      const wanted = tf.oneHot(tf.tensor1d(batch.labels, 'int32'), classes);
      const loss = () => {
        const logits = model.apply(pictures, { training: true }) as tf.Tensor2D;
        const error = tf.losses.softmaxCrossEntropy(wanted, logits) as tf.Scalar;
        return weightDecay === 0 ? error : (error.add(squares(model).mul(weightDecay / 2)) as tf.Scalar);
      };
      return (optimizer.minimize(loss, true) as tf.Scalar).dataSync()[0];
    });
  }
  return sum / steps;
}

/** The sum of all squared weights that learn. */
function squares(model: tf.LayersModel): tf.Scalar {
  return tf.addN(model.trainableWeights.map((weight) => weight.read().square().sum())) as tf.Scalar;
}
