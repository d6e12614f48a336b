import type { ChannelGraph, Channels } from '../channelGraph';
import { channelAxis, type LayerUse, type Rule } from '../layerUse';

/** Layers that work on every axis but the channels: one that is set to the other data format works on them. */
export function spatial(verb: string): Rule {
  return (use, graph) => (hits(use) ? protectedBy(use, verb, graph) : use.inputs[0]);
}

/** Layers for pictures that know only the data format channelsLast and also take pictures without a batch. */
export function lastAxisOnly(verb: string): Rule {
  return (use, graph) => {
    const {
      inputs: [input],
      inputShapes: [shape],
    } = use;
    return input.whole === undefined && input.axis !== shape.length - 1
      ? protectedBy(use, verb, graph)
      : input;
  };
}

/**
 * One number for each channel: [batch, height, width, channels] or [batch, channels, height, width] becomes
 * [batch, channels]. A layer that is set to the other data format pools over the channels instead.
 */
export function globalPooling(use: LayerUse, graph: ChannelGraph): Channels {
  if (hits(use)) return protectedBy(use, 'pools over', graph);
  return { ...use.inputs[0], axis: 1 };
}

function hits(use: LayerUse): boolean {
  const [input] = use.inputs;
  return input.whole === undefined && input.axis !== channelAxis(use);
}

function protectedBy({ name, inputs: [input] }: LayerUse, verb: string, graph: ChannelGraph): Channels {
  const reason = `${name} ${verb} the channels`;
  graph.protect(input, reason);
  return graph.whole(reason);
}
