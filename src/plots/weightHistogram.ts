import { type ChartSpec, COLOURS, chart, SHORT_NUMBERS } from './chart';
import { countBins, spreadOf } from './countBins';
import { countText, shortText, significant } from './numberText';

export interface HistogramOptions {
  title: string;
  /** Number of equal bins over [min, max]. Default 50, as in the original's plot. */
  bins?: number;
  /** A second list, drawn as an outline over the first: the weights after pruning. */
  after?: ArrayLike<number>;
}

interface Series {
  name: string;
  count: number;
  mean: number;
  deviation: number;
  counts: Float64Array;
}

/**
 * A histogram of weights with their mean and standard deviation in the corner. Only the counts go into the
 * specification, so 75 million weights make the same small chart as 75.
 *
 * @param values the weights, in any order.
 * @throws RangeError for empty lists, NaN and infinite weights, and a number of bins that is not a positive integer.
 */
export function weightHistogram(
  values: ArrayLike<number>,
  { title, bins = 50, after }: HistogramOptions,
): ChartSpec {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`Expected bins to be a positive integer but found ${bins}.`);
  }
  const lists = after ? [values, after] : [values];
  const spreads = lists.map(spreadOf);
  let min = Math.min(...spreads.map((spread) => spread.min));
  let max = Math.max(...spreads.map((spread) => spread.max));
  if (min === max) [min, max] = [min - 0.5, max + 0.5];
  const series = lists.map((list, i): Series => {
    const { count, mean } = spreads[i];
    return { name: i ? 'after' : 'before', count, mean, ...countBins(list, { bins, min, max, mean }) };
  });
  const edge = (i: number): number => significant(min + ((max - min) * i) / bins, 6);
  const y = {
    field: 'n',
    type: 'quantitative',
    title: `weights in a bin (of ${bins})`,
    scale: { nice: 6 },
    axis: { labelExpr: SHORT_NUMBERS, tickCount: 6 },
  };
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: ['before', 'after'], range: [COLOURS.kept, COLOURS.cut] },
    legend: after ? { title: null, orient: 'right', symbolOpacity: 1 } : null,
  };
  const x = {
    field: 'from',
    type: 'quantitative',
    title: 'weight value',
    scale: { zero: false, nice: false },
    axis: { tickCount: 9, grid: false },
  };
  const bars = {
    data: {
      values: Array.from(series[0].counts, (n, i) => ({
        series: 'before',
        from: edge(i),
        to: edge(i + 1),
        n,
      })),
    },
    mark: { type: 'bar', opacity: after ? 0.55 : 1, binSpacing: after ? 0 : 1 },
    encoding: { x: { ...x, bin: 'binned' }, x2: { field: 'to' }, y, color, tooltip: tooltips() },
  };
  return chart(describe(title, series, min, max, bins), {
    title: {
      text: title,
      subtitle: `${series.map((s) => countText(s.count)).join(' → ')} weights, ${bins} bins`,
    },
    width: 560,
    height: 260,
    layer: [bars, ...series.slice(1).map((s) => outline(s, edge, x, y, color)), ...series.map(corner)],
  });
}

function tooltips(): object[] {
  return [
    { field: 'from', type: 'quantitative', title: 'from' },
    { field: 'to', type: 'quantitative', title: 'to' },
    { field: 'n', type: 'quantitative', title: 'weights', format: ',' },
  ];
}

function outline(s: Series, edge: (i: number) => number, x: object, y: object, color: object): object {
  const last = s.counts.length - 1;
  const steps = Array.from({ length: last + 2 }, (_, i) => ({
    series: s.name,
    from: edge(i),
    n: s.counts[Math.min(i, last)],
  }));
  return {
    data: { values: steps },
    mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
    encoding: { x, y, color },
  };
}

/** The original's corner: mean and standard deviation. */
function corner(s: Series, i: number, all: Series[]): object {
  const text = `${all.length > 1 ? `${s.name}: ` : ''}mean ${shortText(s.mean)}, standard deviation ${shortText(s.deviation)}`;
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      text,
      x: 556,
      y: -8 - 15 * (all.length - 1 - i),
      align: 'right',
      baseline: 'bottom',
      color: COLOURS.ink,
    },
  };
}

function describe(title: string, series: Series[], min: number, max: number, bins: number): string {
  const parts = series.map((s) => {
    const name = series.length > 1 ? ` ${s.name}` : '';
    return `${countText(s.count)} weights${name} with mean ${shortText(s.mean)} and standard deviation ${shortText(s.deviation)}`;
  });
  const tallest = Math.max(...series.flatMap(({ counts }) => Array.from(counts)));
  return `${title}: histogram of ${parts.join(', ')}, from ${shortText(min)} to ${shortText(max)} in ${bins} bins; the fullest bin holds ${countText(tallest)}.`;
}
