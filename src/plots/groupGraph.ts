import type { ChannelGroup } from '../pruning/findGroups';
import { layersOf } from '../pruning/layersOf';
import type { Plan } from '../pruning/makePlan';
import { plannedGroups } from '../pruning/planMembers';
import type { ChannelTrace } from '../pruning/traceChannels';
import { type ChartSpec, COLOURS, chart } from './chart';
import { type GraphBox, graphBoxes } from './graphBoxes';
import { type GraphLayout, graphLayout, type Point } from './graphLayout';
import { groupSign } from './groupSign';
import { countText, shortName } from './numberText';

export interface GroupGraphOptions {
  /** Default 'Channels that go together'. */
  title?: string;
  /** Whose cut is counted in the boxes; from the traced model, with the trace's `pruneOutputs`. */
  plan?: Plan;
}

const BOX_HEIGHT = 36;
const CHIP_WIDTH = 20;
const LETTER_WIDTH = 6.9;
const NAME_LENGTH = 28;
/** A taller picture nobody could follow; ResNet-152 has about 210. */
const MOST_BOXES = 400;
/** The group whose letter the mouse is on; the others fade. */
const POINTED = 'pointed';
const FADED = { condition: { param: POINTED, value: 1 }, value: 0.15 };

/**
 * A network as a graph, from its inputs down to its outputs. A box is a layer, with the batch norms, activations
 * and poolings behind it. Letter and colour in front of it say to which group the channels belong that it hands
 * on: what has the same letter is cut together. Grey is not cut; a concatenation has the letters of all its parts.
 * In a live chart the mouse on a letter fades the other groups.
 *
 * @param trace from `traceChannels` of the model.
 * @throws RangeError when the plan does not fit the groups, and for more than 400 boxes; TypeError for something that is no plan.
 */
export function groupGraph(
  trace: ChannelTrace,
  { title = 'Channels that go together', plan }: GroupGraphOptions = {},
): ChartSpec {
  if (plan) plannedGroups(trace.groups, plan);
  const boxes = graphBoxes(trace, plan);
  if (boxes.length > MOST_BOXES) {
    throw new RangeError(
      `A picture shows at most ${MOST_BOXES} boxes, but this model would need ${boxes.length}; explain(plan, model) says the same in words.`,
    );
  }
  const places = graphLayout(
    boxes.map((box) => ({ width: widthOf(box), height: BOX_HEIGHT, from: box.from })),
  );
  const { width, height } = places;
  const grey = trace.groups.some(({ notCut }) => notCut) ? '; grey: not cut' : '';
  const subtitle = [`same letter and colour: cut together${grey}`];
  if (plan) subtitle.push('numbers: channels before → after the cut');
  const frame = { width, height };
  return chart(describe(title, trace, plan), {
    title: { text: title, subtitle },
    width,
    height,
    layer: [
      edgeLayer(boxes, places, trace.groups, frame),
      boxLayer(boxes, places, frame),
      ...chipLayers(boxes, places, trace.groups, frame),
      ...textLayers(boxes, places, frame),
    ],
  });
}

function widthOf({ name, types, count, parts }: GraphBox): number {
  const first = (shortName(name, NAME_LENGTH).length + count.length + 2) * LETTER_WIDTH;
  return Math.ceil(Math.max(first, types.length * 5.7) + parts.length * CHIP_WIDTH + 14);
}

type Frame = { width: number; height: number };

const position = ({ width, height }: Frame) => ({
  x: {
    field: 'x',
    type: 'quantitative',
    scale: { domain: [0, width], nice: false, zero: false },
    axis: null,
  },
  y: {
    field: 'y',
    type: 'quantitative',
    scale: { domain: [0, height], nice: false, zero: false, reverse: true },
    axis: null,
  },
});

/** A line in the colour of the group that it carries, dark where it carries several. */
function edgeLayer(boxes: GraphBox[], { edges }: GraphLayout, groups: ChannelGroup[], frame: Frame): object {
  const values = edges.flatMap(({ from, to, points }, edge) => {
    const { parts } = boxes[from];
    const carried = new Set(parts.map(({ group }) => group));
    const signs = [...carried].map((group) => groupSign(group, groups));
    const colour = signs.length === 1 ? signs[0].colour : COLOURS.ink;
    const letter = signs.map((sign) => sign.letter).join(' ');
    return points.map(({ x, y }, order) => ({ edge, order, x, y, colour, letter, to: boxes[to].name }));
  });
  return {
    data: { values },
    mark: { type: 'line', interpolate: 'monotone', strokeWidth: 2.5, orient: 'vertical', interactive: false },
    encoding: {
      ...position(frame),
      detail: { field: 'edge', type: 'nominal' },
      order: { field: 'order', type: 'quantitative' },
      color: { field: 'colour', type: 'nominal', scale: null, legend: null },
      opacity: FADED,
    },
  };
}

function boxLayer(boxes: GraphBox[], places: GraphLayout, frame: Frame): object {
  const values = boxes.map((box, i) => {
    const { left, right, top, bottom } = corners(box, places.nodes[i]);
    return {
      x: left,
      x2: right,
      y: top,
      y2: bottom,
      layer: box.name,
      layers: box.types,
      channels: box.count,
    };
  });
  return {
    data: { values },
    mark: { type: 'rect', fill: 'white', stroke: '#777777', cornerRadius: 3, interactive: false },
    encoding: {
      ...position(frame),
      x2: { field: 'x2' },
      y2: { field: 'y2' },
    },
  };
}

/** In front of each box a field for each group whose channels it hands on. */
function chipLayers(boxes: GraphBox[], places: GraphLayout, groups: ChannelGroup[], frame: Frame): object[] {
  const values = boxes.flatMap((box, i) => {
    const { left, top, bottom } = corners(box, places.nodes[i]);
    return box.parts.map(({ group, channels, kept }, part) => {
      const sign = groupSign(group, groups);
      return {
        x: left + part * CHIP_WIDTH,
        x2: left + (part + 1) * CHIP_WIDTH,
        y: top,
        y2: bottom,
        layer: box.name,
        ...sign,
        group: `${sign.letter}: ${layersOf(groups[group].members, 'produces').join(' + ')}`,
        channels,
        kept,
        reason: groups[group].notCut ?? '',
      };
    });
  });
  const middle = {
    transform: [
      { calculate: '(datum.x + datum.x2) / 2', as: 'x' },
      { calculate: '(datum.y + datum.y2) / 2', as: 'y' },
    ],
  };
  const tooltip = [
    ...['layer', 'group', 'channels', 'kept'].map((field) => ({ field, type: 'nominal' })),
    { field: 'reason', type: 'nominal', title: 'not cut' },
  ];
  return [
    {
      data: { values },
      params: [
        {
          name: POINTED,
          select: { type: 'point', fields: ['letter'], on: 'pointerover', clear: 'pointerout' },
        },
      ],
      mark: { type: 'rect', stroke: '#777777' },
      encoding: {
        ...position(frame),
        x2: { field: 'x2' },
        y2: { field: 'y2' },
        fill: { field: 'colour', type: 'nominal', scale: null, legend: null },
        opacity: FADED,
        tooltip,
      },
    },
    {
      data: { values },
      ...middle,
      mark: { type: 'text', fontSize: 12, fontWeight: 'bold', baseline: 'middle', interactive: false },
      encoding: {
        ...position(frame),
        text: { field: 'letter', type: 'nominal' },
        color: { field: 'ink', type: 'nominal', scale: null, legend: null },
      },
    },
  ];
}

/** The layer's name and its channels above, its classes below. */
function textLayers(boxes: GraphBox[], places: GraphLayout, frame: Frame): object[] {
  const values = boxes.map((box, i) => {
    const { left, right, top } = corners(box, places.nodes[i]);
    return {
      x: left + box.parts.length * CHIP_WIDTH + 6,
      end: right - 6,
      y: top + 12,
      below: top + 26,
      name: shortName(box.name, NAME_LENGTH),
      types: box.types,
      count: box.count,
    };
  });
  const text = (field: string, mark: object, transform: object[] = []) => ({
    data: { values },
    transform,
    mark: { type: 'text', baseline: 'middle', align: 'left', color: COLOURS.ink, ...mark },
    encoding: { ...position(frame), text: { field, type: 'nominal' } },
  });
  return [
    text('name', { fontSize: 11 }),
    text('types', { fontSize: 9, color: '#555555' }, [{ calculate: 'datum.below', as: 'y' }]),
    text('count', { fontSize: 11, align: 'right' }, [{ calculate: 'datum.end', as: 'x' }]),
  ];
}

function corners(box: GraphBox, { x, y }: Point) {
  const left = x - Math.floor(widthOf(box) / 2);
  const top = y - BOX_HEIGHT / 2;
  return { left, right: left + widthOf(box), top, bottom: top + BOX_HEIGHT };
}

function describe(title: string, { groups }: ChannelTrace, plan?: Plan): string {
  const sentences = groups.map((group, i) => {
    const cut = plan?.groups[i].cut.length;
    const count = cut
      ? `, ${countText(cut)} of ${countText(group.units)} cut`
      : `, ${countText(group.units)} channels`;
    const producers = layersOf(group.members, 'produces');
    const together = producers.length > 1 ? ' together' : '';
    return `${groupSign(i, groups).letter} ${producers.join(' and ')}${together}${count}${group.notCut ? ` (not cut: ${group.notCut})` : ''}`;
  });
  return `${title}: the network's layers as a graph, in groups. ${sentences.join('; ')}.`;
}
