import type { tf } from '../backend/tf';
import type { ChannelGraph, Channels } from './channelGraph';

/** One use of a layer in the net: a layer that is used twice is met twice. */
export interface LayerUse {
  layer: tf.layers.Layer;
  /** The layer's name, behind those of the nested models that it lies in: 'backbone/conv1'. */
  name: string;
  inputs: Channels[];
  /** With the batch axis, as is `outputShape`; null where a size is not fixed. */
  inputShapes: tf.Shape[];
  outputShape: tf.Shape;
}

/** Says what a layer does with channels: fills in the graph and answers the channels of the layer's output. */
export type Rule = (use: LayerUse, graph: ChannelGraph) => Channels;

/** Where a layer that works on pictures, of any number of dimensions, looks for the channels. */
export function channelAxis({ layer, inputShapes: [shape] }: LayerUse): number {
  return layer.getConfig().dataFormat === 'channelsFirst' ? 1 : shape.length - 1;
}

/** The channels of a layer's only input, as the layer sees them that takes `axis` for the channels. */
export function readOn(use: LayerUse, axis: number, graph: ChannelGraph): Channels {
  const size = use.inputShapes[0][axis] as number;
  const reason = `${use.name} reads another axis than the one that carries the channels`;
  return graph.on(use.inputs[0], axis, size, reason);
}
