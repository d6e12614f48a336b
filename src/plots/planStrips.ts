import type { ChannelGroup } from '../pruning/findGroups';
import type { Plan } from '../pruning/makePlan';
import { plannedGroups } from '../pruning/planMembers';
import { type ChartSpec, chart } from './chart';
import { countText } from './numberText';
import { PROTECTED, stateColour } from './stateColour';
import { inOrder, MOST_COLUMNS, STRIP_HEIGHT, type Strip, stripLayout } from './stripLayout';
import { textLayer } from './textLayer';

export interface PlanStripsOptions {
  /** Default 'The plan'. */
  title?: string;
}

const WIDTH = 512;

/**
 * A plan as a picture: for every group of channels the strip of the layers that produce them and, below it, of
 * the layers that read them. A column is a channel, in the order of the index; one sees that what a layer loses
 * on its output the next loses on its input. Above 128 channels a column stands for neighbours and is coloured
 * up to the share of them that is cut: outputs from below, inputs from above, so that the two meet.
 *
 * @param groups from `findGroups` of the plan's model, with the plan's `pruneOutputs`.
 * @throws RangeError when the plan does not fit the groups; TypeError for something that is no plan.
 */
export function planStrips(
  plan: Plan,
  groups: readonly ChannelGroup[],
  { title = 'The plan' }: PlanStripsOptions = {},
): ChartSpec {
  const { strips, reasons, height } = stripLayout(plan, groups);
  const all = plan.groups.reduce((sum, { keep, cut }) => sum + keep.length + cut.length, 0);
  const cut = plan.groups.reduce((sum, group) => sum + group.cut.length, 0);
  const subtitle = ['what a layer loses on its output (out), the next loses on its input (in)'];
  if (strips.some(({ n }) => n > MOST_COLUMNS)) {
    subtitle.push(
      `above ${MOST_COLUMNS} channels a column stands for neighbours, coloured up to the share cut`,
    );
  }
  const texts = strips.map(({ shortLabel, count, middle }) => ({ shortLabel, count, middle }));
  return chart(describe(title, plan, groups), {
    title: {
      text: `${title}: percent ${plan.percent}, ${countText(cut)} of ${countText(all)} channels go`,
      subtitle,
    },
    width: WIDTH,
    height,
    layer: [
      columnLayer(strips, height),
      textLayer(texts, { field: 'shortLabel', align: 'right', x: -6 }),
      textLayer(texts, { field: 'count', align: 'left', x: WIDTH + 8 }),
      textLayer(reasons, { field: 'reason', align: 'left', x: 0, fontSize: 10, limit: 1.4 * WIDTH }),
    ],
  });
}

/** Every column in up to two pieces, the cut one where output and input meet. */
function columnLayer(strips: readonly Strip[], height: number): object {
  const edge = 'datum.isOutput ? datum.bottom - datum.piece * SIZE : datum.top + datum.piece * SIZE';
  const at = edge.replaceAll('SIZE', String(STRIP_HEIGHT));
  return {
    data: { values: strips },
    transform: [
      { calculate: 'length(datum.shares)', as: 'columns' },
      { flatten: ['shares'], as: ['share'] },
      { window: [{ op: 'row_number', as: 'column' }], groupby: ['top'] },
      { calculate: 'floor((datum.column - 1) * datum.n / datum.columns)', as: 'from' },
      { calculate: 'floor(datum.column * datum.n / datum.columns)', as: 'to' },
      {
        calculate: "datum.to - datum.from > 1 ? datum.from + ' to ' + (datum.to - 1) : datum.from",
        as: 'channels',
      },
      { calculate: "['cut', 'kept']", as: 'state' },
      { flatten: ['state'] },
      { calculate: "datum.state === 'cut' ? 0 : datum.share", as: 'piece' },
      { calculate: at, as: 'near' },
      { calculate: "datum.state === 'cut' ? datum.share : 1", as: 'piece' },
      { calculate: at, as: 'far' },
      { filter: 'datum.near !== datum.far' },
      { calculate: `datum.isFree ? datum.state : '${PROTECTED}'`, as: 'state' },
      { calculate: 'datum.from / datum.n', as: 'left' },
      { calculate: 'datum.to / datum.n', as: 'right' },
    ],
    mark: { type: 'rect', tooltip: true, stroke: 'white' },
    encoding: {
      x: {
        field: 'left',
        type: 'quantitative',
        scale: { domain: [0, 1], nice: false },
        axis: { labels: false, ticks: false, grid: false, domain: false, titlePadding: 4 },
        title: 'channels in the order of their index, from first to last',
      },
      x2: { field: 'right' },
      y: {
        field: 'near',
        type: 'quantitative',
        scale: { domain: [0, height], reverse: true, nice: false },
        axis: null,
      },
      y2: { field: 'far' },
      strokeWidth: { condition: { test: `datum.n <= ${MOST_COLUMNS}`, value: 1 }, value: 0 },
      color: stateColour({ hasProtected: strips.some(({ isFree }) => !isFree), orient: 'bottom' }),
      tooltip: [
        { field: 'label', type: 'nominal', title: 'strip' },
        { field: 'channels', type: 'nominal' },
        { field: 'share', type: 'quantitative', title: 'share cut', format: '.0%' },
      ],
    },
  };
}

function describe(title: string, plan: Plan, groups: readonly ChannelGroup[]): string {
  const sentences = plannedGroups(groups, plan).map(({ members, notCut }) => {
    const words = inOrder(members).map((member) => {
      const what = member.role === 'produces' ? 'output' : 'input';
      return `${member.layer} ${countText(member.cutIndices.length)} of ${countText(member.indices.flat().length)} ${what} channels`;
    });
    return words.join(' and ') + (notCut ? ` (${notCut})` : '');
  });
  return `${title} at percent ${plan.percent}, what each layer loses: ${sentences.join('; ')}.`;
}
