import type { Digits } from './digits';

/**
 * Some of the digits, e.g. a batch.
 *
 * @param indices the numbers of the pictures, in the order wanted: 0 to n - 1.
 * @throws RangeError for an index of no picture.
 */
export function pickDigits({ pixels, labels }: Digits, indices: ArrayLike<number>): Digits {
  const size = pixels.length / labels.length;
  const picked = {
    pixels: new Float32Array(indices.length * size),
    labels: new Int32Array(indices.length),
  };
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (!(index in labels)) {
      throw new RangeError(`Expected indices of pictures, 0 to ${labels.length - 1}, but found ${index}.`);
    }
    picked.pixels.set(pixels.subarray(index * size, (index + 1) * size), i * size);
    picked.labels[i] = labels[index];
  }
  return picked;
}
