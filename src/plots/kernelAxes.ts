/** The three things a weight's place is made of in the charts. */
export interface KernelAxes {
  /** Kernel positions: kh * kw of a convolution, 1 of a dense layer. */
  positions: number;
  ins: number;
  outs: number;
}

/**
 * Reads a kernel's shape `[kh, kw, in, out]` (or `[k, in, out]`, or `[in, out]`) as positions, in and out
 * channels. The weight of (position, in, out) is `values[(position * ins + in) * outs + out]`.
 *
 * @throws RangeError when the shape has fewer than two axes or does not hold `length` numbers.
 */
export function kernelAxes(length: number, shape: readonly number[]): KernelAxes {
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (shape.length < 2 || size !== length || size === 0) {
    throw new RangeError(
      `Expected a kernel shape such as [kh, kw, in, out] that holds ${length} numbers but found [${shape.join(', ')}].`,
    );
  }
  const outs = shape[shape.length - 1];
  const ins = shape[shape.length - 2];
  return { positions: length / (ins * outs), ins, outs };
}
