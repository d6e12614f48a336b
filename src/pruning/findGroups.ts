import { tf } from '../backend/tf';
import { ChannelGraph, type Channels, type Role } from './channelGraph';
import { collectGroups } from './collectGroups';
import { layerPaths } from './layerPaths';
import { nodesInOrder } from './nodesInOrder';
import { type LayerUse, RULES, type Rule } from './rules';
import { opaque } from './rules/opaque';

/** One axis of one weight that has, for each unit of a group, the indices that go when the unit goes. */
export interface GroupMember {
  /** The layer's name, behind those of the nested models that it lies in: 'backbone/conv1'. */
  layer: string;
  weight: string;
  axis: number;
  role: Role;
  /** By unit: the indices on `axis` that it owns. Members may share the list: only read it. */
  indices: number[][];
}

/** An entry of a layer's configuration that counts the channels of a group. */
export interface GroupSize {
  layer: string;
  /** E.g. `filters`, or `targetShape`. */
  option: string;
  /** Which number of a shape. */
  axis?: number;
  /** By unit: how much smaller the entry gets when the unit goes. */
  counts: number[];
}

/** Channels that can only be cut together. A unit is what is kept or cut as a whole. */
export interface ChannelGroup {
  /** The first layer that produces these channels, in the model's order. */
  name: string;
  /** How many units there are to choose from. */
  units: number;
  members: GroupMember[];
  sizes: GroupSize[];
  /** Why nothing is cut here, in words; absent where the group can be cut. */
  notCut?: string;
}

export interface FindGroupsOptions {
  /** Whether the channels of the model's outputs may be cut, too. Default false. */
  pruneOutputs?: boolean;
  /** What to do about layers without a rule: an error (the default), or cut nothing around them. */
  unknownLayers?: 'protect';
}

/**
 * Finds which channels of a model must be cut together, by walking through its graph with one rule a layer
 * type (`rules.ts`), through nested models as well.
 *
 * @returns one group for every set of channels that layers produce, in the model's order. The model is only
 *   read; no tensor is made.
 * @throws TypeError for a layer type without a rule, by name; for something that is no model.
 */
export function findGroups(
  model: tf.LayersModel,
  { pruneOutputs = false, unknownLayers }: FindGroupsOptions = {},
): ChannelGroup[] {
  if (!model?.outputs?.length) {
    throw new TypeError('Expected a tf.LayersModel with inputs and outputs to prune, but found none.');
  }
  const names = layerPaths(model);
  const graph = new ChannelGraph(names);
  const given = model.inputs.map(({ sourceLayer }) =>
    graph.whole(`${sourceLayer.name} is an input of the model`),
  );
  const channels = walk(model, given, { graph, names, protectUnknown: unknownLayers === 'protect' });
  if (!pruneOutputs) {
    model.outputs.forEach(({ sourceLayer }, i) => {
      const name = names.get(sourceLayer)?.[0] ?? sourceLayer.name;
      graph.protect(channels[i], `${name} is an output of the model (pruneOutputs: true cuts it, too)`);
    });
  }
  return collectGroups(graph);
}

interface Walk {
  graph: ChannelGraph;
  names: Map<tf.layers.Layer, string[]>;
  protectUnknown: boolean;
}

/** Applies the rules from the inputs to the outputs; answers the channels of the outputs. */
function walk(model: tf.LayersModel, given: Channels[], about: Walk): Channels[] {
  const known = new Map<number, Channels>(model.inputs.map(({ id }, i) => [id, given[i]]));
  const channelsOf = ({ id }: tf.SymbolicTensor) => known.get(id) as Channels;
  for (const { outboundLayer: layer, inputTensors, outputTensors } of nodesInOrder(model)) {
    const inputs = inputTensors.map(channelsOf);
    if (layer instanceof tf.LayersModel) {
      resizeInputs(layer, inputs, about.graph);
      walk(layer, inputs, about).forEach((channels, i) => {
        known.set(outputTensors[i].id, channels);
      });
      continue;
    }
    const name = about.names.get(layer)?.[0] ?? layer.name;
    const inputShapes = inputTensors.map(({ shape }) => shape);
    const use = { layer, name, inputs, inputShapes, outputShape: outputTensors[0].shape };
    const output = ruleFor(use, about.protectUnknown)(use, about.graph);
    for (const { id } of outputTensors) known.set(id, output);
  }
  return model.outputs.map(channelsOf);
}

function ruleFor({ layer, name }: LayerUse, protectUnknown: boolean): Rule {
  const type = layer.getClassName();
  if (Object.hasOwn(RULES, type)) return RULES[type];
  if (protectUnknown) return opaque(`is a ${type}, which has no rule`);
  throw new TypeError(
    `The layer '${name}' is a ${type}, which TensorFlow.js does not ship, and there is no rule for what that ` +
      `does with channels. unknownLayers: 'protect' cuts nothing in front of it and behind it.`,
  );
}

/** A nested model is built for its own inputs' shapes, so these lose the channels that are cut before it. */
function resizeInputs(model: tf.LayersModel, inputs: Channels[], graph: ChannelGraph): void {
  model.inputs.forEach(({ sourceLayer, shape }, i) => {
    const layer = holdsInputShape(model, sourceLayer);
    for (let axis = 1; axis < shape.length; axis++) {
      const size = shape[axis];
      if (size === null) continue;
      const reason = inputs[i].whole ?? `${model.name} has an input of this size`;
      const channels = inputs[i].axis === axis ? inputs[i] : graph.fixed(axis, size, reason);
      graph.resize(layer, 'batchInputShape', channels, axis);
    }
  });
}

/** The layer whose configuration says the input's shape: in a sequential model its first one. */
function holdsInputShape(model: tf.LayersModel, input: tf.layers.Layer): tf.layers.Layer {
  if (model.layers.includes(input)) return input;
  const [first] = model.layers;
  return first instanceof tf.LayersModel ? holdsInputShape(first, input) : first;
}
