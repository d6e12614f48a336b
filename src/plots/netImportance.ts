import type { GroupPlan, Plan } from '../pruning/makePlan';
import { cutCount, requirePercent } from '../pruning/rank';
import { costAt } from '../report/costAt';
import type { CostGroup, PruneCost } from '../report/pruneCost';
import { type ChartSpec, chart } from './chart';
import { costSignals, costTexts, costWords } from './costTexts';
import { cutExpression, percentSlider, textLiteral, textLiterals } from './expressions';
import { importanceText } from './importanceText';
import { countText, shortName, significant } from './numberText';
import { MOST_BARS, rankedBars } from './rankedBars';
import { PROTECTED, stateColour } from './stateColour';
import { textLayer } from './textLayer';

export interface NetImportanceOptions {
  /** Default 'The whole net'. */
  title?: string;
}

/** A power of two, so that the bars of 32, 64, ... 512 channels begin at whole pixels. */
const WIDTH = 512;
const ROW_HEIGHT = 44;
/** The share of a row that its highest bar fills; above it is the place for the reason why nothing is cut. */
const BAR_SHARE = 0.64;
/** The part of it that every bar has, so that one sees what becomes of a channel whose score is zero. */
const BASE_SHARE = 0.07;
/** Up to so many channels, a gap parts the bars of a row. */
const MOST_GAPS = 64;
/** How many channels of a row go. */
const CUT = `isValid(datum.reason) ? 0 : ${cutExpression('datum.n')}`;

/**
 * Every layer's kept and cut channels in one picture, with one slider for percent: a row a layer, its channels
 * sorted by score, each row scaled to its highest. Title and rows say how many channels go, and how many
 * parameters and multiply-adds of the whole net are left; all of it is computed inside the chart, with the
 * rounding of `prune`. Above 512 channels a bar is the mean of neighbours in the ranking; the counts and the
 * place of the cut stay exact.
 *
 * @param plan from `makePlan`: its scores, and its percent, where the slider starts. Its lists of kept and cut
 *   channels do not count.
 * @param cost from `pruneCost`, for the same net and with the same `pruneOutputs`.
 * @throws RangeError when plan and cost do not fit, or a score is not finite, and for a plan with
 *   `percentByLayer`: there is one slider for all layers.
 */
export function netImportance(
  plan: Plan,
  cost: PruneCost,
  { title = 'The whole net' }: NetImportanceOptions = {},
): ChartSpec {
  const { groups, percent } = plan;
  requirePercent(percent);
  if (plan.percentByLayer) {
    throw new RangeError('One slider cannot show a plan with percentByLayer: make one with percent alone.');
  }
  requireFit(groups, cost.groups);
  const all = groups.reduce((sum, { units }) => sum + units, 0);
  const free = groups.flatMap(({ notCut }, row) => (notCut ? [] : [row]));
  const rows = groups.map(({ units, notCut }, row) => ({ row, n: units, ...(notCut && { reason: notCut }) }));
  const bars = groups.map((group, row) => ({ ...rows[row], heights: heightsOf(group) }));
  const keptOf = new Map(groups.map(({ name, units, notCut }, row) => [name, notCut ? units : `kept${row}`]));
  const largest = Math.max(...groups.map(({ units }) => units));
  const score = importanceText(plan.importance);
  const left = costTexts(costAt(cost, ({ units }) => units)).map((text) => `'left: ' + ${text}`);
  const rule = [`bars: ${score}, each row scaled to its highest`];
  if (largest > MOST_BARS)
    rule.push(`above ${MOST_BARS} channels a bar is the mean of neighbours in the ranking`);
  return chart(describe(title, plan, cost), {
    title: {
      text: {
        expr: `${textLiteral(title)} + ': percent ' + format(percent, '.2f') + ' cuts ' + format(cut, ',d') + ' of ${countText(all)} channels'`,
      },
      subtitle: { expr: `[${[...left, ...rule.map(textLiteral)].join(', ')}]` },
    },
    width: WIDTH,
    height: ROW_HEIGHT * groups.length,
    params: [
      percentSlider(percent),
      ...free.map((row) => ({
        name: `kept${row}`,
        expr: `${groups[row].units} - ${cutExpression(groups[row].units)}`,
      })),
      { name: 'cut', expr: free.map((row) => `${groups[row].units} - kept${row}`).join(' + ') || '0' },
      ...costSignals(cost, (name) => keptOf.get(name) as number | string),
    ],
    layer: [
      barLayer(bars, groups, score),
      textLayer(
        rows.map(({ row, n, reason }) => ({ n, reason, middle: row + 1 - BAR_SHARE / 2 })),
        {
          ...{ field: 'text', align: 'left', x: WIDTH + 8 },
          transform: [
            { calculate: CUT, as: 'cut' },
            { calculate: "'cut ' + format(datum.cut, ',d') + ' of ' + format(datum.n, ',d')", as: 'text' },
          ],
        },
      ),
      textLayer(
        rows.flatMap(({ row, reason }) =>
          reason ? [{ reason: `not cut: ${reason}`, middle: row + 0.6 * (1 - BAR_SHARE) }] : [],
        ),
        { field: 'reason', align: 'left', x: 0, fontSize: 10, limit: 1.4 * WIDTH },
      ),
    ],
  });
}

/** The sorted scores as shares of the row's height; a row with scores below zero begins at its lowest. */
function heightsOf({ name, scores }: GroupPlan): number[] {
  if (!scores.every(Number.isFinite)) {
    throw new RangeError(
      `Expected finite scores for the channels of ${name} but found NaN or an infinite one.`,
    );
  }
  const sorted = [...scores].sort((a, b) => a - b);
  const floor = Math.min(0, sorted[0]);
  const range = sorted[sorted.length - 1] - floor;
  return rankedBars(sorted).map(({ norm }) => (range > 0 ? significant((norm - floor) / range, 3) : 0));
}

/** The bars of all rows; the bar in which a row's cut falls is drawn in two pieces. */
function barLayer(bars: { heights: number[] }[], groups: readonly GroupPlan[], score: string): object {
  const names = textLiterals(groups.map(({ name }) => name));
  const shortNames = textLiterals(groups.map(({ name }) => shortName(name)));
  return {
    data: { values: bars },
    transform: [
      // First what no slider changes, so that a front end does it once.
      { calculate: 'length(datum.heights)', as: 'count' },
      { flatten: ['heights'], as: ['height'] },
      { window: [{ op: 'row_number', as: 'bar' }], groupby: ['row'] },
      { calculate: 'floor((datum.bar - 1) * datum.n / datum.count)', as: 'from' },
      { calculate: 'floor(datum.bar * datum.n / datum.count)', as: 'to' },
      { calculate: `datum.row + 1 - ${BASE_SHARE} - ${BAR_SHARE - BASE_SHARE} * datum.height`, as: 'top' },
      { calculate: 'datum.row + 1', as: 'bottom' },
      { calculate: `${names}[datum.row]`, as: 'layer' },
      { calculate: "['cut', 'kept']", as: 'piece' },
      { flatten: ['piece'] },
      { calculate: `isValid(datum.reason) ? '${PROTECTED}' : datum.piece`, as: 'state' },
      { calculate: CUT, as: 'cut' },
      { calculate: "datum.piece === 'cut' ? datum.from : max(datum.from, datum.cut)", as: 'start' },
      { calculate: "datum.piece === 'cut' ? min(datum.to, datum.cut) : datum.to", as: 'end' },
      { filter: 'datum.start < datum.end' },
      { calculate: 'datum.start / datum.n', as: 'left' },
      { calculate: 'datum.end / datum.n', as: 'right' },
      // Neighbours overlap by a pixel, because else pictures show seams; the next bar, which is no lower, hides it.
      { calculate: `datum.n > ${MOST_GAPS} ? min(1, datum.right + 1 / ${WIDTH}) : datum.right`, as: 'edge' },
    ],
    mark: { type: 'rect', tooltip: true, stroke: 'white' },
    encoding: {
      x: {
        field: 'left',
        type: 'quantitative',
        scale: { domain: [0, 1], nice: false },
        axis: { format: '%', grid: false, tickCount: 10 },
        title: `share of the layer's channels, from the lowest ${score} to the highest`,
      },
      x2: { field: 'edge' },
      y: {
        field: 'top',
        type: 'quantitative',
        scale: { domain: [0, groups.length], reverse: true, nice: false },
        axis: {
          values: groups.map((_, row) => row + 1 - BAR_SHARE / 2),
          labelExpr: `${shortNames}[floor(datum.value)]`,
          labelLimit: 0,
          labelFontSize: 11,
          grid: false,
          ticks: false,
          domain: false,
        },
        title: 'layer',
      },
      y2: { field: 'bottom' },
      color: stateColour({ hasProtected: groups.some(({ notCut }) => notCut), orient: 'bottom' }),
      strokeWidth: { condition: { test: `datum.n <= ${MOST_GAPS}`, value: 1 }, value: 0 },
      tooltip: [
        { field: 'layer', type: 'nominal' },
        { field: 'to', type: 'quantitative', title: 'rank' },
        { field: 'height', type: 'quantitative', title: `${score}, share of the highest` },
        { field: 'state', type: 'nominal' },
      ],
    },
  };
}

function requireFit(plan: readonly GroupPlan[], cost: readonly CostGroup[]): void {
  const words = (groups: readonly CostGroup[]) =>
    groups.map(({ name, units, notCut }) => `${name} ${units}${notCut ? ' not cut' : ''}`).join(', ');
  const [planned, priced] = [words(plan), words(cost)];
  if (planned === priced) return;
  throw new RangeError(
    `Expected a plan and a cost of the same net with the same pruneOutputs, but the plan has ${planned}, and ` +
      `the cost ${priced}.`,
  );
}

function describe(title: string, { groups, percent, importance }: Plan, cost: PruneCost): string {
  const cutOf = ({ units, notCut }: CostGroup) => (notCut ? 0 : cutCount(units, percent));
  const rows = groups.map(
    (group) =>
      `${group.name} loses ${countText(cutOf(group))} of ${countText(group.units)} channels` +
      (group.notCut ? ` (${group.notCut})` : ''),
  );
  const whole = costAt(cost, ({ units }) => units);
  const left = costAt(cost, (group) => group.units - cutOf(group));
  return (
    `${title}, channels of ${groups.length} layers by ${importanceText(importance)}. At percent ${percent}, ` +
    `${rows.join(', ')}; left are ${costWords(whole, left)}. A slider changes percent.`
  );
}
