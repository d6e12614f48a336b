import { type ChartSpec, COLOURS, chart } from './chart';
import { significant } from './numberText';
import { PERCENT_AXIS, shareAxis } from './percentAxes';

export interface SweepPoint {
  /** Share of each layer's channels that was asked to be cut, 0 <= percent < 1. */
  percent: number;
  /** Parameters after / parameters before, 0 to 1. */
  left: number;
}

/**
 * Parameters left against percent: the measured points, and the curve (1 - percent)^2 that they follow
 * because a middle layer loses rows and columns.
 *
 * @throws RangeError for an empty list.
 */
export function sweepCurve(points: readonly SweepPoint[], { title = 'Parameters left' } = {}): ChartSpec {
  if (points.length === 0) throw new RangeError('Expected at least one point of the sweep but found none.');
  const measured = points.map(({ percent, left }) => ({ percent, left: significant(left), what: MEASURED }));
  const theory = Array.from({ length: 51 }, (_, i) => ({
    percent: i / 50,
    left: significant((1 - i / 50) ** 2),
    what: THEORY,
  }));
  const encoding = {
    x: PERCENT_AXIS,
    y: shareAxis('left', 'parameters left (% of the original)'),
    color: {
      field: 'what',
      type: 'nominal',
      scale: { domain: [MEASURED, THEORY], range: [COLOURS.kept, COLOURS.cut] },
      legend: { title: null, orient: 'top-right' },
    },
  };
  return chart(describe(title, measured), {
    title,
    width: 480,
    height: 280,
    layer: [
      { data: { values: theory }, mark: { type: 'line', strokeWidth: 2, strokeDash: [6, 3] }, encoding },
      {
        data: { values: measured },
        mark: { type: 'point', filled: true, size: 70, opacity: 1, tooltip: true },
        encoding,
      },
    ],
  });
}

const MEASURED = 'pruned';
const THEORY = '(1 - percent)²';

function describe(title: string, measured: { percent: number; left: number }[]): string {
  const list = measured
    .map(({ percent, left }) => `${significant(left * 100, 3)} % at ${percent}`)
    .join(', ');
  const gap = Math.max(...measured.map(({ percent, left }) => Math.abs(left - (1 - percent) ** 2)));
  return `${title} against percent: ${list}. The points stay within ${significant(gap * 100, 2)} percentage points of the curve (1 - percent) squared.`;
}
