/** More bars than this are thinner than a pixel, so neighbours in the ranking share one. */
export const MOST_BARS = 512;

export interface RankedBar {
  /** The bar stands for the ranks from `from` up to but not including `to`. */
  from: number;
  to: number;
  /** The mean of their norms. */
  norm: number;
}

/** One bar a channel; above 512 channels, 256 bars over equal shares of the ranking. */
export function rankedBars(sorted: readonly number[]): RankedBar[] {
  const n = sorted.length;
  const count = n > MOST_BARS ? MOST_BARS / 2 : n;
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * n) / count);
    const to = Math.floor(((i + 1) * n) / count);
    const sum = sorted.slice(from, to).reduce((total, norm) => total + norm, 0);
    return { from, to, norm: sum / (to - from) };
  });
}
