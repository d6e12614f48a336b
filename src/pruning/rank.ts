/**
 * Splits units by score: the `cut` lowest go, ties go by the lower index first.
 *
 * @returns the kept and the cut indices, each in ascending order.
 */
export function rank(scores: ArrayLike<number>, cut: number): { keep: number[]; cut: number[] } {
  const order = Array.from(scores, (_, index) => index).sort((a, b) => scores[a] - scores[b] || a - b);
  const ascending = (a: number, b: number) => a - b;
  return { keep: order.slice(cut).sort(ascending), cut: order.slice(0, cut).sort(ascending) };
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
