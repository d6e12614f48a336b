export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}

/** The exponent e of y = c * x^e that fits best: the slope of the least-squares line through the logarithms. */
export function fittedExponent(points: { x: number; y: number }[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (key: 'x' | 'y') => logs.reduce((sum, point) => sum + point[key], 0) / logs.length;
  const [mx, my] = [mean('x'), mean('y')];
  const covariance = logs.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0);
  return covariance / logs.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
}
