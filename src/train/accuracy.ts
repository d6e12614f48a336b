import { tf } from '../backend/tf';
import type { Digits } from './digits';
import { digitTensor } from './digitTensor';

/** Pictures that go through the net together: more need more memory and are no faster. */
const BATCH = 100;

/**
 * The share of the digits that a model recognises, 0 to 1: its answer is the class of the largest output.
 *
 * @param model [n, 28, 28, 1] -> [n, classes], logits or probabilities.
 * @throws RangeError for a model whose output is not [n, classes], and where there is no digit.
 */
export function accuracy(model: tf.LayersModel, digits: Digits): number {
  const { labels } = digits;
  if (labels.length === 0) throw new RangeError('Expected at least one digit to recognise but found none.');
  const [{ shape }] = model.outputs;
  if (shape.length !== 2) {
    const found = shape.map((size) => size ?? 'n').join(', ');
    throw new RangeError(`Expected a model that answers [n, classes], but its output is [${found}].`);
  }
  const answers = tf.tidy(() => {
    const output = model.predict(digitTensor(digits), { batchSize: BATCH }) as tf.Tensor;
    return output.argMax(1).dataSync();
  });
  return labels.filter((label, i) => label === answers[i]).length / labels.length;
}
