import { fillUniform } from '../nets/fillUniform';

/**
 * The numbers 0 to n - 1 in a seeded order, the same on every machine: sorted by a random key each.
 *
 * @param stream another integer gives another order from the same seed, e.g. the number of the epoch.
 */
export function shuffled(n: number, seed: number, stream = 0): Int32Array {
  const keys = new Float32Array(n);
  fillUniform(keys, 1, seed, stream);
  return Int32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
}
