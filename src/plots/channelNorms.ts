import { cutCount, requirePercent } from '../pruning/rank';
import type { PruneCost } from '../report/pruneCost';
import { type ChartSpec, COLOURS, chart } from './chart';
import { cutExpression, percentSlider, textLiteral } from './expressions';
import { countText, shortText, significant } from './numberText';
import { oneLayerCost } from './oneLayerCost';
import { rankedBars } from './rankedBars';
import { stateColour } from './stateColour';

export interface ChannelNormsOptions {
  /** The layer's name, for the title. */
  layer: string;
  /** Where the slider starts: the share of channels to cut, 0 <= percent < 1. */
  percent: number;
  /**
   * What the net costs, from `pruneCost`: the chart then also says what is left of the whole net's parameters
   * and multiply-adds when only this layer is cut. `layer` must be a layer of that net.
   */
  cost?: PruneCost;
}

const WIDTH = 560;
/** Up to this many channels, a gap parts the bars. */
const MOST_GAPS = 128;
/** Up to this many channels, the axis names each one. */
const MOST_NAMES = 64;

/**
 * The L1 norms of a layer's output channels as sorted bars, with a slider for percent that recolours the
 * channels below the cut and counts them. The arithmetic is inside the specification, with the rounding of
 * `prune` (cut = min(n - 1, floor(n * percent + 1e-9)), ties cut the lower index first), so the slider works
 * in a saved page without a kernel. Above 512 channels a bar is the mean of neighbours in the ranking; the
 * counts and the place of the cut stay exact.
 *
 * @param norms one norm for each output channel, as `l1Norms` gives them.
 * @throws RangeError for an empty list, NaN, or a percent outside [0, 1); with `cost` also for a layer that the
 *   cost does not know, that has another number of channels there, or that is not cut there.
 */
export function channelNorms(
  norms: ArrayLike<number>,
  { layer, percent, cost }: ChannelNormsOptions,
): ChartSpec {
  const n = norms.length;
  if (n === 0)
    throw new RangeError(`Expected the norms of the channels of ${layer} but found an empty list.`);
  requirePercent(percent);
  const sorted = Array.from(norms, (norm, channel) => ({ norm, channel }));
  if (sorted.some(({ norm }) => !Number.isFinite(norm))) {
    throw new RangeError(
      `Expected finite norms for the channels of ${layer} but found NaN or an infinite one.`,
    );
  }
  sorted.sort((a, b) => a.norm - b.norm || a.channel - b.channel);
  const bars = rankedBars(sorted.map(({ norm }) => norm)).map(({ from, to, norm }) => ({
    ...{ from, to, norm: significant(norm) },
    channel: to - from === 1 ? sorted[from].channel : `${to - from} channels`,
  }));
  const cut = cutCount(n, percent);
  const isShared = bars.length < n;
  const whole = cost && oneLayerCost(cost, layer, n);
  const order = isShared
    ? `each bar is the mean of up to ${Math.ceil(n / bars.length)} channels that are neighbours in the ranking`
    : 'output channels from the smallest L1 norm to the largest';
  return chart(describe(layer, sorted, percent, cut) + (whole?.words(n - cut) ?? ''), {
    title: {
      text: {
        expr: `${textLiteral(layer)} + ': percent ' + format(percent, '.2f') + ' cuts ' + cut + ' of ${n} channels'`,
      },
      subtitle: whole ? { expr: `[${[`'${order}'`, ...whole.lines].join(', ')}]` } : order,
    },
    width: WIDTH,
    height: 240,
    params: [
      percentSlider(percent),
      { name: 'cut', expr: cutExpression(n) },
      { name: 'label', expr: `'cut ' + cut + ' of ${n}'` },
      ...(whole?.signals ?? []),
    ],
    data: { values: bars },
    layer: [
      barLayer('cut', 'datum.from', 'min(datum.to, cut)', sorted),
      barLayer('kept', 'max(datum.from, cut)', 'datum.to', sorted),
      cutLine(xOf(sorted)),
    ],
  });
}

/** The part of every bar that is cut, or kept: the bar in which the cut falls is drawn in two pieces. */
function barLayer(state: 'cut' | 'kept', left: string, right: string, sorted: { channel: number }[]): object {
  const n = sorted.length;
  const hasGaps = n <= MOST_GAPS;
  return {
    transform: [
      { calculate: left, as: 'left' },
      { calculate: right, as: 'right' },
      { filter: 'datum.left < datum.right' },
      { calculate: `'${state}'`, as: 'state' },
      // Bars without a gap overlap by a pixel, because else pictures show seams; the next, no lower, hides it.
      { calculate: hasGaps ? 'datum.right' : `min(${n}, datum.right + ${n / WIDTH})`, as: 'edge' },
    ],
    mark: {
      type: 'rect',
      tooltip: true,
      stroke: hasGaps ? 'white' : null,
      strokeWidth: hasGaps ? 1 : 0,
    },
    encoding: {
      x: { field: 'left', ...xOf(sorted) },
      x2: { field: 'edge' },
      y: { field: 'norm', type: 'quantitative', title: 'L1 norm (sum of |weight|)', scale: { zero: true } },
      y2: { datum: 0 },
      color: stateColour({ hasProtected: false, orient: 'right' }),
      tooltip: [
        { field: 'channel', type: 'nominal', title: 'channel' },
        { field: 'norm', type: 'quantitative', title: 'L1 norm' },
        { field: 'to', type: 'quantitative', title: 'rank' },
        { field: 'state', type: 'nominal', title: 'state' },
      ],
    },
  };
}

/** One scale and axis for all marks; up to 64 channels, the axis names the channel below each bar. */
function xOf(sorted: { channel: number }[]): object {
  const n = sorted.length;
  const named = {
    values: sorted.map((_, rank) => rank + 0.5),
    labelExpr: `[${sorted.map(({ channel }) => channel).join(',')}][floor(datum.value)]`,
    labelFontSize: n > 32 ? 8 : 9,
    labelOverlap: false,
    labelAngle: n > 32 ? -90 : 0,
    ticks: false,
  };
  return {
    type: 'quantitative',
    scale: { domain: [0, n], nice: false },
    axis: { ...(n <= MOST_NAMES ? named : { format: ',d' }), grid: false, zindex: 1 },
    title: n <= MOST_NAMES ? 'output channel, sorted by its norm' : 'rank of the output channel by its norm',
  };
}

/** Where the cut falls, and how many it cuts. */
function cutLine(x: object): object {
  const encoding = { x: { field: 'at', ...x } };
  return {
    data: { values: [{}] },
    transform: [{ calculate: 'cut', as: 'at' }],
    layer: [
      { mark: { type: 'rule', strokeDash: [4, 3], color: COLOURS.ink }, encoding },
      {
        mark: {
          type: 'text',
          text: { expr: 'label' },
          align: { expr: "percent > 0.75 ? 'right' : 'left'" },
          dx: { expr: 'percent > 0.75 ? -5 : 5' },
          y: -6,
          fontWeight: 'bold',
          color: COLOURS.ink,
        },
        encoding,
      },
    ],
  };
}

function describe(layer: string, sorted: { norm: number }[], percent: number, cut: number): string {
  const n = sorted.length;
  const range = `from ${shortText(sorted[0].norm)} to ${shortText(sorted[n - 1].norm)}`;
  const edge = cut > 0 ? `, those with a norm of ${shortText(sorted[cut - 1].norm)} or less` : '';
  return `Sorted L1 norms of the ${countText(n)} output channels of ${layer}, ${range}. At percent ${percent}, ${countText(cut)} of ${countText(n)} channels are cut${edge}. A slider changes percent.`;
}
