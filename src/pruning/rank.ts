/**
 * Splits units by score: the `cut` lowest go, ties go by the lower index first.
 *
 * @param perLayer the units of each layer, where they differ: every layer keeps one at least, so another unit
 *   goes instead, or none.
 * @returns the kept and the cut indices, each in ascending order.
 */
export function rank(
  scores: ArrayLike<number>,
  cut: number,
  perLayer: number[][] = [],
): { keep: number[]; cut: number[] } {
  const all = Array.from({ length: scores.length }, (_, index) => index);
  const order = [...all].sort((a, b) => scores[a] - scores[b] || a - b);
  const left = perLayer.map(({ length }) => length);
  const layersOf = all.map((): number[] => []);
  perLayer.forEach((units, layer) => {
    for (const unit of units) layersOf[unit].push(layer);
  });
  const gone = new Uint8Array(scores.length);
  let toGo = cut;
  for (const unit of order) {
    if (toGo === 0) break;
    if (layersOf[unit].some((layer) => left[layer] === 1)) continue;
    for (const layer of layersOf[unit]) left[layer]--;
    gone[unit] = 1;
    toGo--;
  }
  return { keep: all.filter((unit) => gone[unit] === 0), cut: all.filter((unit) => gone[unit] === 1) };
}

/**
 * How many of n units go at a given percent: floor(n * percent), but never all of them. The 1e-9 undoes the
 * rounding of products such as 100 * 0.29 = 28.999999999999996.
 */
export function cutCount(n: number, percent: number): number {
  return Math.min(n - 1, Math.floor(n * percent + 1e-9));
}

/** @throws RangeError unless 0 <= percent < 1. */
export function requirePercent(percent: number): void {
  if (typeof percent === 'number' && percent >= 0 && percent < 1) return;
  const hint = percent > 1 && percent < 100 ? ` For ${percent} % write ${percent / 100}.` : '';
  const found = typeof percent === 'string' ? `the text '${percent}'` : percent;
  throw new RangeError(
    `percent must be a fraction, 0 <= percent < 1: the share of the channels to cut. It is ${found}.${hint}`,
  );
}
