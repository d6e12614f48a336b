import { type BlockTable, blockExtremes } from './blockExtremes';
import { type ChartSpec, chart } from './chart';
import { cutMarks } from './heatmapFrame';
import { heatmapCells, heatmapPixels } from './heatmapLayers';
import { PICTURE_ONLY } from './isPictureOnly';
import { type KernelAxes, kernelAxes } from './kernelAxes';
import { countText, plural, shortText } from './numberText';

export interface HeatmapOptions {
  title: string;
  /** Out channels to mark as cut, e.g. `plan.groups[0].cut`. */
  cut?: readonly number[];
}

/** Thinner rows and columns than these are thinner than a pixel. */
const LIMITS = { mostRows: 256, mostColumns: 576 };
/** conv2's 64 x 288 weights: as many rectangles as a page draws in a moment. */
const MOST_CELLS = 18432;

/**
 * A kernel as a picture: one row an out channel, one column a kernel position of an in channel, blue below
 * zero, red above. Up to 64 x 288 weights are cells with tooltips; larger layers are drawn as pixels, from 256 x 576
 * weights on each the weight of largest magnitude of a block, and the subtitle says of which: so no extreme is hidden.
 *
 * @param values the kernel's weights in the order of TensorFlow.js.
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, for NaN and infinite weights, and when `cut` names a
 * channel that does not exist.
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
  const pairs = axes.ins * axes.positions;
  const asCells =
    axes.outs * pairs <= MOST_CELLS && axes.outs <= LIMITS.mostRows && pairs <= LIMITS.mostColumns;
  const table = blockExtremes(values, axes, LIMITS);
  const limit = table.values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const rule = ruleText(table, axes);
  const { layer, ...size } = (asCells ? heatmapCells : heatmapPixels)(table, axes, limit);
  return chart(describe(title, axes, rule, limit, new Set(cut).size), {
    ...(!asCells && PICTURE_ONLY),
    title: { text: title, subtitle: rule.split(': ') },
    ...size,
    resolve: { scale: { color: 'independent' } },
    layer: [...layer, ...(cut.length ? [cutMarks(table, axes, cut)] : [])],
  });
}

function ruleText(
  { outsPerRow, pairsPerColumn, values }: BlockTable,
  { positions, ins, outs }: KernelAxes,
): string {
  const all = countText(ins * outs * positions);
  if (outsPerRow * pairsPerColumn === 1) return `all ${plural(ins * outs * positions, 'weight')}`;
  const across =
    pairsPerColumn % positions
      ? plural(pairsPerColumn, 'kernel position')
      : plural(pairsPerColumn / positions, 'in channel');
  const down = plural(outsPerRow, 'out channel');
  return `${all} weights in ${countText(values.length)} pixels: each the weight of largest magnitude of ${down} × ${across}`;
}

function describe(
  title: string,
  { outs, ins }: KernelAxes,
  rule: string,
  limit: number,
  cut: number,
): string {
  const marked = cut ? ` ${plural(cut, 'out channel')} ${cut === 1 ? 'is' : 'are'} marked as cut.` : '';
  return `${title}: heatmap of ${rule}; rows are ${plural(outs, 'out channel')}, columns the kernel positions of ${plural(ins, 'in channel')}. Blue is below zero, red above, up to ${shortText(limit)} either way.${marked}`;
}
