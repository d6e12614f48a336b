import type { tf } from '../backend/tf';
import { ChannelGraph, type Channels, type Role } from './channelGraph';
import { type LayerUse, RULES } from './rules';

/** One axis of one weight that has, for each unit of a group, the indices that go when the unit goes. */
export interface GroupMember {
  layer: string;
  weight: string;
  axis: number;
  role: Role;
  /** The entry of the layer's configuration that counts these indices, e.g. `filters`. */
  option?: string;
  /** By unit: the indices on `axis` that it owns. */
  indices: number[][];
}

/** Channels that can only be cut together. A unit is what is kept or cut as a whole. */
export interface ChannelGroup {
  /** The first layer that produces these channels, in the model's order. */
  name: string;
  /** How many units there are to choose from. */
  units: number;
  members: GroupMember[];
  /** Why nothing is cut here, in words; absent where the group can be cut. */
  notCut?: string;
}

export interface FindGroupsOptions {
  /** Whether the channels of the model's outputs may be cut, too. Default false. */
  pruneOutputs?: boolean;
}

/**
 * Finds which channels of a model must be cut together, by walking through its graph with one rule a layer
 * type (`rules.ts`).
 *
 * @returns one group for every set of channels that layers produce, in the model's order. The model is only
 *   read; no tensor is made.
 * @throws TypeError for a layer type without a rule and for a layer inside a nested model, by name; for
 *   something that is no model.
 */
export function findGroups(
  model: tf.LayersModel,
  { pruneOutputs = false }: FindGroupsOptions = {},
): ChannelGroup[] {
  if (!model?.outputs?.length) {
    throw new TypeError('Expected a tf.LayersModel with inputs and outputs to prune, but found none.');
  }
  const graph = new ChannelGraph();
  const channelsOf = walk(model, graph);
  if (!pruneOutputs) {
    for (const output of model.outputs) {
      graph.protect(
        channelsOf(output),
        `${output.sourceLayer.name} is an output of the model (pruneOutputs: true cuts it, too)`,
      );
    }
  }
  return collect(graph);
}

/** Applies the rules from the inputs to the outputs; answers the channels of any tensor of the net. */
function walk(model: tf.LayersModel, graph: ChannelGraph): (tensor: tf.SymbolicTensor) => Channels {
  const known = new Map<number, Channels>();
  const uses = new Map<string, LayerUse['earlier']>();

  const channelsOf = (tensor: tf.SymbolicTensor): Channels => {
    const { sourceLayer: layer, nodeIndex } = tensor;
    let channels = known.get(tensor.id);
    if (channels) return channels;
    if (layer.getClassName() === 'InputLayer') {
      channels = inputChannels(tensor, graph);
    } else {
      // A sequential model that begins with a nested one shows the nested one's layers here.
      if (!model.layers.includes(layer)) throw new TypeError(insideNested(layer));
      const rule = RULES[layer.getClassName()];
      if (!rule) throw new TypeError(noRule(layer));
      const inputs = layer.inboundNodes[nodeIndex].inputTensors.map(channelsOf);
      const earlier = uses.get(layer.name);
      channels = rule({ layer, inputs, rank: tensor.shape.length, earlier }, graph);
      if (!earlier) uses.set(layer.name, { inputs, output: channels });
    }
    known.set(tensor.id, channels);
    return channels;
  };
  model.outputs.forEach(channelsOf);
  return channelsOf;
}

/** What comes into the model is given: every axis that a layer may read as channels stays whole. */
function inputChannels(tensor: tf.SymbolicTensor, graph: ChannelGraph): Channels {
  const axis = tensor.shape.length - 1;
  const channels = graph.fresh(axis, tensor.shape[axis] ?? 0);
  graph.protect(channels, `${tensor.sourceLayer.name} is an input of the model`);
  return channels;
}

function insideNested(layer: tf.layers.Layer): string {
  return `The layer '${layer.name}' lies inside a nested model, and there is no rule for nested models.`;
}

function noRule(layer: tf.layers.Layer): string {
  const known = Object.keys(RULES).join(', ');
  return (
    `The layer '${layer.name}' is a ${layer.getClassName()}, and there is no rule for what that does with ` +
    `channels. Layer types with a rule: ${known}.`
  );
}

/** Turns the graph's ids into groups: producers that share a unit belong together. */
function collect(graph: ChannelGraph): ChannelGroup[] {
  const found: { name: string; units: Set<number> }[] = [];
  for (const { role, layer, ids } of graph.axes) {
    if (role !== 'produces') continue;
    const units = ids.map((id) => graph.unit(id));
    const [group = { name: layer, units: new Set<number>() }, ...alsoMet] = found.filter((other) =>
      units.some((unit) => other.units.has(unit)),
    );
    for (const other of alsoMet) {
      for (const unit of other.units) group.units.add(unit);
      found.splice(found.indexOf(other), 1);
    }
    for (const unit of units) group.units.add(unit);
    if (!found.includes(group)) found.push(group);
  }
  return found.map(({ name, units }) => {
    const order = [...units];
    const notCut = order.map((unit) => graph.reasonNotToCut(unit)).find(Boolean);
    return { name, units: order.length, members: membersOf(graph, order), ...(notCut && { notCut }) };
  });
}

function membersOf(graph: ChannelGraph, order: number[]): GroupMember[] {
  const positions = new Map(order.map((unit, position) => [unit, position]));
  const members: GroupMember[] = [];
  for (const { ids, ...place } of graph.axes) {
    const indices: number[][] = order.map(() => []);
    ids.forEach((id, index) => {
      const position = positions.get(graph.unit(id));
      if (position !== undefined) indices[position].push(index);
    });
    if (indices.some(({ length }) => length > 0)) members.push({ ...place, indices });
  }
  return members;
}
