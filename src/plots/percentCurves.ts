import { type ChartSpec, COLOURS, chart } from './chart';
import { significant } from './numberText';
import { PERCENT_AXIS, shareAxis } from './percentAxes';

export interface PercentPoint {
  /** Share of each layer's channels that was asked to be cut, 0 <= percent < 1. */
  percent: number;
  /** What is left or right, 0 to 1: parameters, multiply-adds, accuracy. */
  share: number;
  /** The smallest and the largest of several runs, drawn as a band. */
  low?: number;
  high?: number;
}

export interface PercentCurve {
  name: string;
  points: readonly PercentPoint[];
}

/** A colour, a symbol and a dash for each curve: no curve is told by its colour alone. */
const LOOKS = [
  { colour: COLOURS.kept, shape: 'circle', dash: [1, 0] },
  { colour: COLOURS.cut, shape: 'square', dash: [6, 3] },
  { colour: COLOURS.ink, shape: 'triangle-up', dash: [2, 2] },
];

/**
 * Shares against percent, one curve each: what is left of a network, and what it still gets right.
 *
 * @param curves one to three.
 * @param options.y what the shares are, for the axis.
 * @throws RangeError for another number of curves, and for a curve without points.
 */
export function percentCurves(
  curves: readonly PercentCurve[],
  { title, y }: { title: string; y: string },
): ChartSpec {
  if (curves.length < 1 || curves.length > LOOKS.length) {
    throw new RangeError(`Expected one to ${LOOKS.length} curves but found ${curves.length}.`);
  }
  for (const { name, points } of curves) {
    if (points.length === 0) throw new RangeError(`Expected points of the curve '${name}' but found none.`);
  }
  const values = curves.flatMap(({ name, points }) =>
    points.map(({ percent, share, low = share, high = share }) => ({
      ...{ curve: name, percent, share: significant(share) },
      ...{ low: significant(low), high: significant(high) },
    })),
  );
  const names = curves.map(({ name }) => name);
  const looks = LOOKS.slice(0, names.length);
  const scaleOf = (range: unknown[]) => ({ domain: names, range });
  const legend = { title: null, orient: 'right', symbolSize: 80, symbolOpacity: 1, symbolStrokeWidth: 0 };
  const color = {
    field: 'curve',
    type: 'nominal',
    scale: scaleOf(looks.map(({ colour }) => colour)),
    legend,
  };
  const encoding = { x: PERCENT_AXIS, y: shareAxis('share', y), color };
  return chart(describe(title, curves), {
    title,
    width: 420,
    height: 280,
    data: { values },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: {
          x: PERCENT_AXIS,
          y: shareAxis('low', y),
          y2: { field: 'high' },
          color,
        },
      },
      {
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          ...encoding,
          strokeDash: {
            field: 'curve',
            type: 'nominal',
            scale: scaleOf(looks.map(({ dash }) => dash)),
            legend,
          },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1, tooltip: { content: 'data' } },
        encoding: {
          ...encoding,
          shape: { field: 'curve', type: 'nominal', scale: scaleOf(looks.map(({ shape }) => shape)), legend },
        },
      },
    ],
  });
}

function describe(title: string, curves: readonly PercentCurve[]): string {
  const words = (share: number): string => `${significant(100 * share, 3)} %`;
  const lists = curves.map(({ name, points }) => {
    const list = points.map(({ percent, share, low, high }) => {
      const band = low === undefined || high === undefined ? '' : ` (${words(low)} to ${words(high)})`;
      return `${words(share)}${band} at ${percent}`;
    });
    return `${name} ${list.join(', ')}`;
  });
  return `${title}, against percent: ${lists.join('; ')}.`;
}
