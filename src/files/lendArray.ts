/** Numbers in a block, 4 MB: small beside a layer, large enough that the calls do not count. */
export const BLOCK = 2 ** 20;

/**
 * @returns a function that lends the same memory again and again, more only where more is asked for: arrays that
 *   are thrown away stay in memory until the garbage collector finds time.
 */
export function lendArray(): (length: number) => Float32Array {
  let array = new Float32Array(0);
  return (length) => {
    if (array.length < length) array = new Float32Array(Math.max(length, BLOCK));
    return array.subarray(0, length);
  };
}
