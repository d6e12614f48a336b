/** What every chart says of weights that have no place in it. */
export function notFinite(): RangeError {
  return new RangeError('Expected finite weights but found NaN or an infinite one.');
}
