import { type BlockTable, blockExtremes } from './blockExtremes';
import { type ChartSpec, COLOURS, chart, divergingScale } from './chart';
import { type KernelAxes, kernelAxes } from './kernelAxes';
import { countText, shortText, significant } from './numberText';

export interface HeatmapOptions {
  title: string;
  /** Out channels to mark as cut, e.g. `plan.groups[0].cut`. */
  cut?: readonly number[];
}

/** A layer of up to 64 x 288 weights (conv2) is shown whole; more cells than that are thinner than pixels. */
const LIMITS = { mostRows: 64, mostColumns: 288 };
const WIDTH = 576;
const HEIGHT = 320;

/**
 * A kernel as a picture: one row an out channel, one column a kernel position of an in channel, blue below
 * zero, red above. In larger layers a cell is the weight of largest magnitude of a block; the title says of which.
 *
 * @param values the kernel's weights in the order of TensorFlow.js.
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values or `cut` names a channel that does not exist.
 */
export function weightHeatmap(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title, cut = [] }: HeatmapOptions,
): ChartSpec {
  const axes = kernelAxes(values.length, shape);
  const stranger = cut.find((channel) => !Number.isInteger(channel) || channel < 0 || channel >= axes.outs);
  if (stranger !== undefined) {
    throw new RangeError(
      `Expected cut to name out channels 0 to ${axes.outs - 1} but found ${stranger} in ${title}.`,
    );
  }
  const table = blockExtremes(values, axes, LIMITS);
  const limit = table.values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const rule = ruleText(table, axes);
  return chart(describe(title, axes, rule, limit, cut.length), {
    title: { text: title, subtitle: rule },
    width: WIDTH,
    height: Math.min(HEIGHT, Math.max(60, table.rows * 12)),
    resolve: { scale: { color: 'independent' } },
    layer: [cells(table, axes, limit), ...(cut.length ? [marks(table, axes, cut)] : [])],
  });
}

/** The cells travel as a bare list of numbers; row and column follow from a number's place in it. */
function cells(table: BlockTable, axes: KernelAxes, limit: number): object {
  const { positions, ins, outs } = axes;
  const pairs = ins * positions;
  const step = table.pairsPerColumn;
  return {
    data: { values: Array.from(table.values, (value) => significant(value, 3)) },
    transform: [
      { window: [{ op: 'row_number', as: 'nth' }] },
      { calculate: `floor((datum.nth - 1) / ${table.columns}) * ${table.outsPerRow}`, as: 'out' },
      { calculate: `min(datum.out + ${table.outsPerRow}, ${outs})`, as: 'outEnd' },
      // Half a pixel more, which the next cell covers: else the page shines through where cells meet.
      { calculate: `datum.outEnd + ${outs / HEIGHT / 2}`, as: 'outEdge' },
      { calculate: `((datum.nth - 1) % ${table.columns}) * ${step}`, as: 'pair' },
      { calculate: `min(datum.pair + ${step}, ${pairs})`, as: 'pairEnd' },
      { calculate: `datum.pairEnd + ${pairs / WIDTH / 2}`, as: 'pairEdge' },
      { calculate: `floor(datum.pair / ${positions})`, as: 'in' },
      { calculate: `datum.pair % ${positions}`, as: 'position' },
    ],
    mark: { type: 'rect', clip: true },
    encoding: {
      x: {
        field: 'pair',
        type: 'quantitative',
        scale: { domain: [0, pairs], nice: false },
        axis: inAxis(axes),
        title: positions > 1 ? `in channel (${positions} kernel positions each)` : 'in channel',
      },
      x2: { field: 'pairEdge' },
      y: {
        field: 'out',
        type: 'quantitative',
        scale: { domain: [0, outs], nice: false, reverse: true },
        axis: outAxis(axes),
        title: 'out channel',
      },
      y2: { field: 'outEdge' },
      color: {
        field: 'data',
        type: 'quantitative',
        scale: divergingScale(limit),
        title: 'weight',
        legend: {
          gradientLength: 140,
          offset: 28,
          values: [-limit, 0, limit].map((value) => significant(value, 2)),
        },
      },
      tooltip: [
        { field: 'out', type: 'quantitative', title: 'out channel' },
        { field: 'in', type: 'quantitative', title: 'in channel' },
        { field: 'position', type: 'quantitative', title: 'kernel position' },
        { field: 'data', type: 'quantitative', title: 'weight' },
      ],
    },
  };
}

/** A label at the middle of a channel's row; where there are many rows, at every 2nd, 4th, 8th... */
function outAxis({ outs }: KernelAxes): object {
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, outs / 16)));
  const values = Array.from({ length: Math.ceil(outs / step) }, (_, i) => i * step + 0.5);
  return { values, labelExpr: 'datum.value - 0.5', grid: false };
}

/** Ticks where an in channel begins; lines between in channels where there are few enough to tell apart. */
function inAxis({ ins, positions }: KernelAxes): object {
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, ins / 16)));
  const values = Array.from({ length: Math.ceil(ins / step) }, (_, i) => i * step * positions);
  return {
    values,
    labelExpr: `datum.value / ${positions}`,
    labelAlign: 'left',
    labelOffset: 2,
    zindex: 1,
    grid: ins <= 16,
    gridColor: COLOURS.ink,
  };
}

/** A bar right of every row that is cut; where a row holds several channels, its height is their share. */
function marks(
  { outsPerRow, rows }: BlockTable,
  { outs, ins, positions }: KernelAxes,
  cut: readonly number[],
): object {
  const counts = new Array<number>(rows).fill(0);
  for (const channel of cut) counts[Math.floor(channel / outsPerRow)]++;
  const bars = counts.flatMap((count, row) =>
    count ? [{ out: row * outsPerRow, end: Math.min(row * outsPerRow + count, outs), count }] : [],
  );
  // Right of the table, 1.5 % of its width: inside the picture but over no weight.
  const pairs = ins * positions;
  return {
    data: { values: bars },
    transform: [{ calculate: `'cut (${countText(cut.length)})'`, as: 'state' }],
    mark: { type: 'rect', clip: false },
    encoding: {
      x: { datum: pairs * 1.006, type: 'quantitative' },
      x2: { datum: pairs * 1.024 },
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

function ruleText(
  { outsPerRow, pairsPerColumn, values }: BlockTable,
  { positions, ins, outs }: KernelAxes,
): string {
  const all = countText(ins * outs * positions);
  if (outsPerRow * pairsPerColumn === 1) return `all ${all} weights`;
  const across = pairsPerColumn === 1 ? '1 kernel position' : `${pairsPerColumn / positions} in channels`;
  const down = `${outsPerRow} out channel${outsPerRow > 1 ? 's' : ''}`;
  return `${all} weights in ${countText(values.length)} cells: each the weight of largest magnitude of ${down} × ${across}`;
}

function describe(
  title: string,
  { outs, ins }: KernelAxes,
  rule: string,
  limit: number,
  cut: number,
): string {
  const marked = cut ? ` ${countText(cut)} out channels are marked as cut.` : '';
  return `${title}: heatmap of ${rule}; rows are ${countText(outs)} out channels, columns the kernel positions of ${countText(ins)} in channels. Blue is below zero, red above, up to ${shortText(limit)} either way.${marked}`;
}
