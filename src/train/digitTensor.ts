import { tf } from '../backend/tf';
import { DIGIT_SIZE, type Digits } from './digits';

/** The pictures as a tensor [n, 28, 28, 1], values 0 (paper) to 1 (ink); the caller disposes it. */
export function digitTensor({ pixels, labels }: Digits): tf.Tensor4D {
  return tf.tensor4d(pixels, [labels.length, DIGIT_SIZE, DIGIT_SIZE, 1]);
}
