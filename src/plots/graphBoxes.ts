import type { Plan } from '../pruning/makePlan';
import type { ChannelTrace, TracedLayer } from '../pruning/traceChannels';
import { countText } from './numberText';

/** What of one group a box hands on. */
export interface BoxPart {
  group: number;
  channels: number;
  /** How many of them the plan leaves. */
  kept: number;
}

/** A layer in the picture of a network, with the layers behind it that hand on the same channels. */
export interface GraphBox {
  name: string;
  /** The classes of all its layers, 'Conv2D · BatchNormalization · ReLU'. */
  types: string;
  /** '16', or '16 → 8' with a plan; empty where it is not known how many channels there are. */
  count: string;
  parts: BoxPart[];
  /** Numbers of earlier boxes. */
  from: number[];
}

/**
 * The boxes of a network's picture. A layer joins the box before it if it is the only reader of that, has no
 * kernel, and hands on what it gets: batch norms, activations, pooling.
 *
 * @param plan whose cut channels are counted.
 */
export function graphBoxes({ groups, layers }: ChannelTrace, plan?: Plan): GraphBox[] {
  const withKernel = new Set(
    groups.flatMap(({ members }) =>
      members.filter(({ weight }) => weight.endsWith('kernel')).map(({ layer }) => layer),
    ),
  );
  const readers = layers.map(() => 0);
  for (const { from } of layers) for (const source of from) readers[source]++;
  const cut = plan?.groups.map((group) => new Set(group.cut));
  const boxes: GraphBox[] = [];
  const boxOf: number[] = [];
  const partsBy: BoxPart[][] = [];
  layers.forEach((layer, index) => {
    const parts = joinedParts(layer, partsBy) ?? partsOf(layer, cut);
    partsBy.push(parts);
    const [source] = layer.from;
    const before = boxes[boxOf[source]];
    const joins =
      layer.from.length === 1 &&
      readers[source] === 1 &&
      parts.length > 0 &&
      !withKernel.has(layer.layer) &&
      JSON.stringify(parts) === JSON.stringify(before.parts);
    if (joins) {
      before.types += ` · ${layer.type}`;
      boxOf[index] = boxOf[source];
    } else {
      const from = layer.from.map((each) => boxOf[each]);
      boxOf[index] = boxes.length;
      boxes.push({ name: layer.layer, types: layer.type, count: countOf(layer, parts), parts, from });
    }
  });
  return boxes;
}

/** A concatenation of channels has the parts of its inputs, one behind the other, and the same one twice. */
function joinedParts({ type, from, channels }: TracedLayer, partsBy: BoxPart[][]): BoxPart[] | undefined {
  const parts = from.flatMap((source) => partsBy[source]);
  const all = parts.reduce((sum, part) => sum + part.channels, 0);
  return type === 'Concatenate' && all === channels.length ? parts : undefined;
}

function partsOf({ channels }: TracedLayer, cut?: Set<number>[]): BoxPart[] {
  const parts = new Map<number, BoxPart>();
  for (const place of channels) {
    if (!place) continue;
    const part = parts.get(place.group) ?? { group: place.group, channels: 0, kept: 0 };
    parts.set(place.group, part);
    part.channels++;
    if (!cut?.[place.group].has(place.unit)) part.kept++;
  }
  return [...parts.values()];
}

function countOf({ channels }: TracedLayer, parts: BoxPart[]): string {
  if (channels.length === 0) return '';
  const gone = parts.reduce((sum, part) => sum + part.channels - part.kept, 0);
  const all = countText(channels.length);
  return gone > 0 ? `${all} → ${countText(channels.length - gone)}` : all;
}
