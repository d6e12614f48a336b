/** @throws RangeError for a seed that is not an integer. */
export function requireSeed(seed: number): void {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be an integer, but is ${seed}.`);
}

/**
 * Fills an array with numbers drawn evenly from -bound to bound. Integer arithmetic only, so the same
 * (seed, stream) gives the same bits on every engine, Node version and machine.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand, 2010): about 2 ns a number.
 *
 * @param seed an integer, of which the lowest 32 bits count; @param stream one integer per array, e.g. the layer's position.
 */
export function fillUniform(values: Float32Array, bound: number, seed: number, stream: number): void {
  let a = seed | 0;
  let b = stream | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const step = (2 * bound) / 2 ** 32;
  const WARM_UP = 15; // rounds until two neighbouring seeds have nothing in common any more
  for (let i = -WARM_UP; i < values.length; i++) {
    const random = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + random;
    c |= 0;
    if (i >= 0) values[i] = (random >>> 0) * step - bound;
  }
}
