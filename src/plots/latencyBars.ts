import { type ChartSpec, COLOURS, chart } from './chart';
import { significant } from './numberText';

/** What a bar needs of a measurement, in milliseconds. */
export interface TimeSpread {
  median: number;
  min: number;
  max: number;
}

/**
 * Inference time before and after pruning: the median as a bar, the fastest and slowest run as a line.
 *
 * @param before @param after times in milliseconds, as `latency` measures them.
 */
export function latencyBars(
  before: TimeSpread,
  after: TimeSpread,
  { title = 'Inference time' } = {},
): ChartSpec {
  const times = [
    { net: 'before', ...before },
    { net: 'after', ...after },
  ].map(({ net, median, min, max }) => ({
    net,
    median: significant(median),
    min: significant(min),
    max: significant(max),
  }));
  const y = { field: 'net', type: 'nominal', sort: null, title: null };
  const faster = significant(before.median / after.median, 3);
  return chart(describe(title, before, after, faster), {
    title: { text: title, subtitle: 'bar: median; line: fastest to slowest run' },
    width: 480,
    height: 90,
    data: { values: times },
    layer: [
      {
        mark: { type: 'bar', height: 24, tooltip: { content: 'data' } },
        encoding: {
          y,
          x: { field: 'median', type: 'quantitative', title: 'time for one input (ms)' },
          color: {
            field: 'net',
            type: 'nominal',
            scale: { domain: ['before', 'after'], range: [COLOURS.grey, COLOURS.kept] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'rule', color: COLOURS.ink, strokeWidth: 2 },
        encoding: { y, x: { field: 'min', type: 'quantitative' }, x2: { field: 'max' } },
      },
    ],
  });
}

function describe(title: string, before: TimeSpread, after: TimeSpread, faster: number): string {
  const words = ({ median, min, max }: TimeSpread): string =>
    `${significant(median, 3)} ms (${significant(min, 3)} to ${significant(max, 3)})`;
  return `${title}: median ${words(before)} before and ${words(after)} after pruning, ${faster} times as fast.`;
}
