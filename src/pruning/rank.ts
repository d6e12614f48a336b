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
  const order = Array.from(scores, (_, index) => index).sort((a, b) => scores[a] - scores[b] || a - b);
  const left = perLayer.map(({ length }) => length);
  const layersOf = new Map<number, number[]>();
  perLayer.forEach((units, layer) => {
    for (const unit of units) layersOf.set(unit, [...(layersOf.get(unit) ?? []), layer]);
  });
  const gone = new Set<number>();
  for (const unit of order) {
    const layers = layersOf.get(unit) ?? [];
    if (gone.size === cut) break;
    if (layers.some((layer) => left[layer] === 1)) continue;
    for (const layer of layers) left[layer]--;
    gone.add(unit);
  }
  const all = order.map((_, index) => index);
  return { keep: all.filter((unit) => !gone.has(unit)), cut: all.filter((unit) => gone.has(unit)) };
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
