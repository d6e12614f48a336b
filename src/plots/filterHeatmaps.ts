import { type ChartSpec, COLOURS, chart, divergingScale } from './chart';
import { kernelAxes } from './kernelAxes';
import { notFinite } from './notFinite';
import { numberList } from './numberList';
import { countText, shortText, significant } from './numberText';
import { pickKernels } from './pickKernels';
import { tileLayout } from './tileLayout';

export interface FilterHeatmapsOptions {
  title: string;
  /** Out channels whose kernels are drawn. Default: all where they fit, else the first ones, 8 at least. */
  filters?: readonly number[];
  /** Most kernels drawn, 1 or more. Default 128. */
  most?: number;
}

/**
 * The kernels of one filter or of several as small pictures, one a pair of out and in channel, all in the same
 * diverging colours centred on zero. Where there are more than `most`, those in channels are left out whose kernels
 * have the smallest L1 norms, summed over the filters shown; the subtitle says how many.
 *
 * @param values the kernel's weights in the order of TensorFlow.js.
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, when `filters` is empty, repeats itself, names a channel that
 * does not exist or more than `most`, and when `most` is not a positive
 * integer; and for NaN and infinite weights among those shown.
 */
export function filterHeatmaps(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title, filters, most = 128 }: FilterHeatmapsOptions,
): ChartSpec {
  const axes = kernelAxes(values.length, shape);
  const { outs, ins } = pickKernels(values, axes, { filters, most });
  const kw = shape.length > 2 ? shape[shape.length - 3] : 1;
  const kh = axes.positions / kw;
  const layout = tileLayout({ outs, ins, kh, kw });
  // Bare numbers, tile after tile; everything else follows from a number's place.
  const weights = layout.tiles.flatMap(({ out, in: channel }) =>
    Array.from(
      { length: axes.positions },
      (_, position) => values[(position * axes.ins + channel) * axes.outs + out],
    ),
  );
  if (!weights.every(Number.isFinite)) throw notFinite();
  const limit = weights.reduce((top, weight) => Math.max(top, Math.abs(weight)), 0);
  const kernels = countText(outs.length * ins.length);
  const rule = [
    `${kernels} ${outs.length * ins.length === 1 ? 'kernel' : 'kernels'} of ${kh} × ${kw}: ${counted(outs.length, axes.outs, 'out channel')}, ${counted(ins.length, axes.ins, 'in channel')}`,
    ...(ins.length < axes.ins
      ? [
          `the ${ins.length} in channels with the largest L1 norm ${outs.length > 1 ? 'over these filters' : 'in this filter'}`,
        ]
      : []),
  ];
  const words = `${title}: small heatmaps of ${rule.join(', ')}. Blue is below zero, red above, up to ${shortText(limit)} either way.`;
  return chart(words, {
    title: { text: title, subtitle: rule },
    width: layout.width,
    height: layout.height,
    layer: [cells(weights, limit, layout, kh, kw), labels(layout)],
  });
}

type Layout = ReturnType<typeof tileLayout>;

function cells(
  weights: number[],
  limit: number,
  { tiles, cell, width, height }: Layout,
  kh: number,
  kw: number,
): object {
  const perTile = kh * kw;
  const look = (key: 'x' | 'y' | 'out' | 'in') => `[${tiles.map((tile) => tile[key]).join()}][datum.tile]`;
  return {
    data: numberList(weights),
    transform: [
      { window: [{ op: 'row_number', as: 'nth' }] },
      { calculate: `floor((datum.nth - 1) / ${perTile})`, as: 'tile' },
      { calculate: `floor((datum.nth - 1) % ${perTile} / ${kw})`, as: 'row' },
      { calculate: `(datum.nth - 1) % ${kw}`, as: 'column' },
      { calculate: `${look('x')} + datum.column * ${cell}`, as: 'left' },
      { calculate: `${look('y')} + datum.row * ${cell}`, as: 'top' },
      { calculate: `datum.left + ${cell}`, as: 'right' },
      { calculate: `datum.top + ${cell}`, as: 'bottom' },
      { calculate: look('out'), as: 'out' },
      { calculate: look('in'), as: 'in' },
    ],
    mark: { type: 'rect' },
    encoding: {
      x: { field: 'left', ...pixels(width) },
      x2: { field: 'right' },
      y: { field: 'top', ...pixels(height, true) },
      y2: { field: 'bottom' },
      color: {
        field: 'data',
        type: 'quantitative',
        scale: divergingScale(limit),
        title: 'weight',
        legend: {
          gradientLength: Math.min(140, Math.max(60, height - 40)),
          values: [-limit, 0, limit].map((value) => significant(value, 2)),
        },
      },
      tooltip: [
        { field: 'out', type: 'quantitative', title: 'out channel' },
        { field: 'in', type: 'quantitative', title: 'in channel' },
        { field: 'row', type: 'quantitative', title: 'kernel row' },
        { field: 'column', type: 'quantitative', title: 'kernel column' },
        { field: 'data', type: 'quantitative', title: 'weight' },
      ],
    },
  };
}

function labels({ texts, width, height }: Layout): object {
  return {
    data: { values: texts },
    mark: {
      type: 'text',
      color: COLOURS.ink,
      fontSize: { expr: 'datum.size' },
      align: { expr: 'datum.align' },
      baseline: 'middle',
    },
    encoding: {
      x: { field: 'x', ...pixels(width) },
      y: { field: 'y', ...pixels(height, true) },
      text: { field: 'text', type: 'nominal' },
    },
  };
}

/** A scale on which positions are pixels of the chart. */
function pixels(length: number, reverse = false): object {
  return { type: 'quantitative', axis: null, scale: { domain: [0, length], nice: false, reverse } };
}

/** 'out channel 5', '8 of 64 out channels', 'all 3 in channels'. */
function counted(shown: number, all: number, noun: string): string {
  if (shown === all) return all === 1 ? `the only ${noun}` : `all ${all} ${noun}s`;
  return `${shown} of ${countText(all)} ${noun}s`;
}
