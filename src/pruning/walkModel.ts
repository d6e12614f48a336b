import { tf } from '../backend/tf';
import { ChannelGraph, type Channels } from './channelGraph';
import type { FindGroupsOptions } from './findGroups';
import { layerPaths } from './layerPaths';
import { nodesInOrder } from './nodesInOrder';
import { type LayerUse, RULES, type Rule } from './rules';
import { opaque } from './rules/opaque';

/** One use of a layer, and what its rule answered. Layers of nested models are listed, the models are not. */
export interface LayerVisit {
  /** The layer's name, behind those of the nested models that it lies in: 'backbone/conv1'. */
  layer: string;
  type: string;
  /** Where its inputs come from: numbers of earlier visits, in the order of the inputs. */
  from: number[];
  output: Channels;
}

export interface WalkedModel {
  graph: ChannelGraph;
  /** Producers before consumers; the model's inputs come first. */
  visits: LayerVisit[];
}

/**
 * Walks through a model's graph, nested models too, with one rule a layer type (`rules.ts`).
 *
 * @throws as `findGroups`.
 */
export function walkModel(
  model: tf.LayersModel,
  { pruneOutputs = false, unknownLayers }: FindGroupsOptions = {},
): WalkedModel {
  if (!model?.outputs?.length) {
    throw new TypeError('Expected a tf.LayersModel with inputs and outputs to prune, but found none.');
  }
  const names = layerPaths(model);
  const graph = new ChannelGraph(names);
  const visits = model.inputs.map(({ sourceLayer }): LayerVisit => {
    const output = graph.whole(`${sourceLayer.name} is an input of the model`);
    return { layer: sourceLayer.name, type: sourceLayer.getClassName(), from: [], output };
  });
  const about = { graph, names, visits, protectUnknown: unknownLayers === 'protect' };
  const outputs = walk(
    model,
    visits.map((_, i) => i),
    about,
  );
  if (!pruneOutputs) {
    model.outputs.forEach(({ sourceLayer }, i) => {
      const name = names.get(sourceLayer)?.[0] ?? sourceLayer.name;
      const reason = `${name} is an output of the model (pruneOutputs: true cuts it, too)`;
      graph.protect(visits[outputs[i]].output, reason);
    });
  }
  return { graph, visits };
}

interface Walk extends WalkedModel {
  names: Map<tf.layers.Layer, string[]>;
  protectUnknown: boolean;
}

/** Applies the rules from the inputs to the outputs; takes and answers the visits that these tensors come from. */
function walk(model: tf.LayersModel, given: number[], about: Walk): number[] {
  const { graph, names, visits } = about;
  const made = new Map<number, number>(model.inputs.map(({ id }, i) => [id, given[i]]));
  const madeBy = ({ id }: tf.SymbolicTensor) => made.get(id) as number;
  for (const { outboundLayer: layer, inputTensors, outputTensors } of nodesInOrder(model)) {
    const from = inputTensors.map(madeBy);
    const inputs = from.map((visit) => visits[visit].output);
    if (layer instanceof tf.LayersModel) {
      resizeInputs(layer, inputs, graph);
      walk(layer, from, about).forEach((visit, i) => {
        made.set(outputTensors[i].id, visit);
      });
      continue;
    }
    const name = names.get(layer)?.[0] ?? layer.name;
    const inputShapes = inputTensors.map(({ shape }) => shape);
    const use = { layer, name, inputs, inputShapes, outputShape: outputTensors[0].shape };
    const output = ruleFor(use, about.protectUnknown)(use, graph);
    visits.push({ layer: name, type: layer.getClassName(), from, output });
    for (const { id } of outputTensors) made.set(id, visits.length - 1);
  }
  return model.outputs.map(madeBy);
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
