import { tf } from '../backend/tf';

/**
 * How far a result is off: the largest difference between two tensors, as a share of the largest magnitude in
 * the expected one. 0 is equal; 1 is as bad as answering 0 everywhere.
 *
 * @returns 0 where both are equal, and Infinity where all that is expected is 0 and something else was found.
 * @throws RangeError for tensors of different shapes.
 */
export function relativeError(found: tf.Tensor, expected: tf.Tensor): number {
  if (String(found.shape) !== String(expected.shape)) {
    const [wanted, got] = [expected, found].map(({ shape }) => `[${shape.join(', ')}]`);
    throw new RangeError(`Expected a tensor of shape ${wanted} to compare but found ${got}.`);
  }
  const [moved, largest] = tf.tidy(() => [found.sub(expected), expected].map(largestMagnitude));
  return moved === 0 ? 0 : moved / largest;
}

function largestMagnitude(tensor: tf.Tensor): number {
  return tensor.abs().max().dataSync()[0];
}
