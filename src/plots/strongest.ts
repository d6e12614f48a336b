import { notFinite } from './notFinite';

/**
 * The places of the `count` numbers of largest magnitude, the largest first; among equals the first ones. One pass
 * that rarely does more than compare, so that 75 million weights take a moment.
 *
 * @throws RangeError for NaN.
 */
export function strongest(values: ArrayLike<number>, count: number): number[] {
  const places: number[] = [];
  let least = -1;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i]);
    if (Number.isNaN(magnitude)) throw notFinite();
    if (magnitude <= least) continue;
    let at = places.length;
    while (at > 0 && Math.abs(values[places[at - 1]]) < magnitude) at--;
    places.splice(at, 0, i);
    if (places.length > count) places.pop();
    if (places.length === count) least = Math.abs(values[places[count - 1]]);
  }
  return places;
}
