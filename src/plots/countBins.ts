import { notFinite } from './notFinite';

/** What a histogram and its corner say about a list of numbers. */
export interface Spread {
  count: number;
  min: number;
  max: number;
  mean: number;
}

/**
 * Minimum, maximum and mean in one pass and without a copy, so that 75 million weights take a moment.
 *
 * @throws RangeError for an empty list and for NaN or infinite numbers.
 */
export function spreadOf(values: ArrayLike<number>): Spread {
  const count = values.length;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  if (count === 0) throw new RangeError('Expected at least one weight but found an empty list.');
  if (!Number.isFinite(sum)) throw notFinite();
  return { count, min, max, mean: sum / count };
}

/**
 * Counts the values in equal bins over [min, max]; the last bin includes max. Also the population's
 * standard deviation, from the same pass.
 */
export function countBins(
  values: ArrayLike<number>,
  { bins, min, max, mean }: { bins: number; min: number; max: number; mean: number },
): { counts: Float64Array; deviation: number } {
  const counts = new Float64Array(bins);
  const scale = bins / (max - min);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const bin = Math.floor((value - min) * scale);
    counts[bin < bins ? bin : bins - 1]++;
    squares += (value - mean) * (value - mean);
  }
  return { counts, deviation: Math.sqrt(squares / values.length) };
}
