import { fillUniform } from '../nets/fillUniform';
import { DIGIT_SIZE, type Digits } from './digits';

/**
 * The same digits, each moved by a few pixels: what is learnt from them depends less on where a digit stands.
 * What leaves the picture is lost, and paper (0) comes in.
 *
 * @param most each picture moves by -most to most pixels, both ways, by the seed.
 * @param stream another integer gives other moves from the same seed, e.g. the number of the epoch.
 */
export function shiftDigits({ pixels, labels }: Digits, most: number, seed: number, stream: number): Digits {
  const moves = new Float32Array(2 * labels.length);
  fillUniform(moves, most + 0.5, seed, stream);
  const shifted = new Float32Array(pixels.length);
  for (let i = 0; i < labels.length; i++) {
    const [down, right] = [moves[2 * i], moves[2 * i + 1]].map((move) => clamp(Math.round(move), most));
    for (let row = Math.max(0, -down); row < Math.min(DIGIT_SIZE, DIGIT_SIZE - down); row++) {
      const from = (i * DIGIT_SIZE + row) * DIGIT_SIZE;
      const line = pixels.subarray(from + Math.max(0, -right), from + DIGIT_SIZE - Math.max(0, right));
      shifted.set(line, from + down * DIGIT_SIZE + Math.max(0, right));
    }
  }
  return { pixels: shifted, labels };
}

/** The largest draw rounds to one more than `most`. */
function clamp(move: number, most: number): number {
  return Math.min(most, Math.max(-most, move));
}
