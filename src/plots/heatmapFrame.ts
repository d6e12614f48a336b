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

/**
 * A bar right of every row that is cut; where a row holds several channels the bar is their share, and the rest of its
 * place is grey.
 */
export function cutMarks(
  { outsPerRow, rows, columns, pairsPerColumn }: BlockTable,
  { outs }: KernelAxes,
  cut: readonly number[],
): object {
  const channels = new Set(cut);
  const states = [`cut (${countText(channels.size)})`, `kept (${countText(outs - channels.size)})`];
  // Right of the table, 1.8 % of its width: inside the picture but over no weight.
  const width = columns * pairsPerColumn;
  const [start, full] = [width * 1.006, width * 1.024];
  const counts = new Array<number>(rows).fill(0);
  for (const channel of channels) counts[Math.floor(channel / outsPerRow)]++;
  const bars = counts.flatMap((count, row) => {
    const [out, end] = [row * outsPerRow, (row + 1) * outsPerRow];
    const to = start + ((full - start) * count) / (Math.min(end, outs) - out);
    return [
      ...(count ? [{ state: states[0], out, end, from: start, to, count }] : []),
      ...(outsPerRow > 1 && to < full ? [{ state: states[1], out, end, from: to, to: full, count }] : []),
    ];
  });
  const domain = outsPerRow > 1 ? states : states.slice(0, 1);
  return {
    data: { values: bars },
    mark: { type: 'rect', clip: false },
    encoding: {
      x: { field: 'from', type: 'quantitative' },
      x2: { field: 'to' },
      y: { field: 'out', type: 'quantitative' },
      y2: { field: 'end' },
      color: {
        field: 'state',
        type: 'nominal',
        scale: { domain, range: [COLOURS.cut, '#d8d8d8'] },
        legend: { title: null, offset: 28 },
      },
      tooltip: [
        { field: 'out', type: 'quantitative', title: 'out channel' },
        { field: 'count', type: 'quantitative', title: 'channels cut here' },
      ],
    },
  };
}
