import { tf } from '../../src/backend/tf';
import { type ChannelGroup, findGroups } from '../../src/pruning/findGroups';
import type { Probe } from './probes';

type Tensor = tf.SymbolicTensor;

/** What a layer does with the channels that come in, in words, and its weights that lose some. */
export interface Outcome {
  does: string;
  /** Names of the layer's weights that are cut where they can be. */
  cut: string[];
}

/** Shapes of inputs, without batch: a kernel of the number of positions fits. */
const SHAPES: Record<string, number[]> = { '1D': [6, 2], '2D': [6, 6, 2], '3D': [4, 4, 4, 2] };
const CONVOLUTIONS = [tf.layers.conv1d, tf.layers.conv2d, tf.layers.conv3d] as const;

/**
 * Puts a layer of a type, 'x', behind layers 'front0', ... and before a layer 'next', all of which mix channels, and
 * reads from the groups what the type's rule does. No weight's value counts.
 */
export function probeLayer(type: string, probe: Probe): Outcome {
  const model = probedModel(type, probe);
  try {
    return outcomeOf(findGroups(model, { pruneOutputs: true }), probe);
  } finally {
    model.dispose();
  }
}

/** The model in which a layer is looked at: layers front0, ..., the layer x, a layer next. */
export function probedModel(type: string, probe: Probe): tf.LayersModel {
  const dimensions = /[123]D/.exec(type)?.[0] ?? '2D';
  const shape = probe.shape ?? SHAPES[dimensions];
  const input = tf.input({ shape: probe.channelsFirst ? [...shape].reverse() : shape });
  const fronts = (probe.front ?? [4]).map((filters, i) => mixing(input, `front${i}`, filters, probe));
  const given = fronts.length > 1 ? fronts : (fronts[0] ?? input);
  const x = layerOf(type, probe).apply(given) as Tensor;
  return tf.model({ inputs: input, outputs: mixing(x, 'next', 5, probe) });
}

/** A layer that reads all channels and makes `filters` new ones. */
function mixing(x: Tensor, name: string, filters: number, { channelsFirst }: Probe): Tensor {
  const make = CONVOLUTIONS[x.shape.length - 3];
  const dataFormat = channelsFirst ? 'channelsFirst' : 'channelsLast';
  const layer = make
    ? make({ name, filters, kernelSize: 1, dataFormat })
    : tf.layers.dense({ name, units: filters });
  return layer.apply(x) as Tensor;
}

function layerOf(type: string, { config, layer }: Probe): tf.layers.Layer {
  if (layer) return layer();
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const [Type] = classNameMap[type] as unknown as [new (config: object) => tf.layers.Layer];
  return new Type({ name: 'x', ...config });
}

function outcomeOf(groups: ChannelGroup[], probe: Probe): Outcome {
  const hasMember = (group: ChannelGroup | undefined, layer: string, role: string) =>
    group?.members.some((member) => member.layer === layer && member.role === role) ?? false;
  const madeBy = (layer: string) => groups.find((group) => hasMember(group, layer, 'produces'));
  const [front, other] = [madeBy('front0'), madeBy('front1')];
  const own = madeBy('x');
  const cut = groups
    .filter(({ notCut }) => notCut === undefined)
    .flatMap(({ members }) => members.filter(({ layer }) => layer === 'x').map(({ weight }) => weight));
  const outcome = (does: string) => ({ does, cut: [...new Set(cut)] });

  if (front?.notCut) {
    const reason = front.notCut.replace(/^x /, 'it ');
    return outcome(probe.when ? 'protects them' : `protects them, because ${reason}`);
  }
  if (own && !own.notCut) {
    const { option } = own.sizes.find(({ layer }) => layer === 'x') ?? {};
    const reads = hasMember(front, 'x', 'reads') ? 'mixes them and makes' : 'makes';
    return outcome(`${reads} new ones, as many as \`${option}\``);
  }
  if (other && front === other) return outcome('ties them: all its inputs lose the same');
  if (other && !hasMember(other, 'next', 'reads')) return outcome('is not tied');
  if (other) return outcome('places them one behind the other');
  const read = front?.members.find(({ layer, role }) => layer === 'next' && role === 'reads');
  if (!front || !read) throw new Error('The channels in front of the layer reach nothing behind it.');
  return outcome(`lets them pass${howMany(read.indices[0].length, front.units, probe)}`);
}

/** Where a channel in front of the layer is not one channel behind it. */
function howMany(each: number, units: number, { front: [filters] = [4] }: Probe): string {
  if (units < filters) return `, ${filters / units} units as one channel`;
  return each > 1 ? `, each as ${each} that go together` : '';
}
