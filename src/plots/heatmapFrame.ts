import type { BlockTable } from './blockExtremes';
import { COLOURS, divergingScale } from './chart';
import type { KernelAxes } from './kernelAxes';
import { countText, significant } from './numberText';

/** The x axis of a heatmap: (in channel, kernel position) pairs from 0 to `end`. */
export function pairAxis({ ins, positions }: KernelAxes, end: number): object {
  // Ticks where an in channel begins; lines between in channels where there are few enough to tell apart.
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, ins / 16)));
  return {
    type: 'quantitative',
    scale: { domain: [0, end], nice: false },
    axis: {
      title: positions > 1 ? `in channel (${positions} kernel positions each)` : 'in channel',
      values: Array.from({ length: Math.ceil(ins / step) }, (_, i) => i * step * positions),
      labelExpr: `datum.value / ${positions}`,
      labelAlign: 'left',
      labelOffset: 2,
      zindex: 1,
      grid: ins <= 16,
      gridColor: COLOURS.ink,
    },
  };
}

/** The y axis of a heatmap: out channels from 0, at the top, to `end`. */
export function outAxis({ outs }: KernelAxes, end: number): object {
  // A label at the middle of a channel's row; where there are many rows, at every 2nd, 4th, 8th...
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, outs / 16)));
  const values = Array.from({ length: Math.ceil(outs / step) }, (_, i) => i * step + 0.5);
  return {
    type: 'quantitative',
    scale: { domain: [0, end], nice: false, reverse: true },
    axis: { title: 'out channel', values, labelExpr: 'datum.value - 0.5', grid: false },
  };
}

/** The diverging colours of a heatmap with their legend. */
export function weightColour(limit: number): object {
  return {
    field: 'data',
    type: 'quantitative',
    scale: divergingScale(limit),
    title: 'weight',
    legend: {
      gradientLength: 140,
      offset: 28,
      values: [-limit, 0, limit].map((value) => significant(value, 2)),
    },
  };
}

/** A bar right of every row that is cut; where a row holds several channels, its length is the share that is cut. */
export function cutMarks(
  { outsPerRow, rows, columns, pairsPerColumn }: BlockTable,
  cut: readonly number[],
): object {
  const counts = new Array<number>(rows).fill(0);
  for (const channel of new Set(cut)) counts[Math.floor(channel / outsPerRow)]++;
  // Right of the table, up to 1.8 % of its width: inside the picture but over no weight.
  const width = columns * pairsPerColumn;
  const start = width * 1.006;
  const bars = counts.flatMap((count, row) =>
    count
      ? [
          {
            out: row * outsPerRow,
            end: (row + 1) * outsPerRow,
            count,
            from: start,
            to: start + (width * 0.018 * count) / outsPerRow,
          },
        ]
      : [],
  );
  return {
    data: { values: bars },
    transform: [{ calculate: `'cut (${countText(new Set(cut).size)})'`, as: 'state' }],
    mark: { type: 'rect', clip: false },
    encoding: {
      x: { field: 'from', type: 'quantitative' },
      x2: { field: 'to' },
      y: { field: 'out', type: 'quantitative' },
      y2: { field: 'end' },
      color: {
        field: 'state',
        type: 'nominal',
        scale: { range: [COLOURS.cut] },
        legend: { title: null, offset: 28 },
      },
      tooltip: [
        { field: 'out', type: 'quantitative', title: 'out channel' },
        { field: 'count', type: 'quantitative', title: 'channels cut here' },
      ],
    },
  };
}
