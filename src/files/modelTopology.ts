import { tf } from '../backend/tf';

interface Entry {
  class_name: string;
  config: Record<string, unknown> & { layers?: Entry[]; name: string };
}

/**
 * A model's layers and their connections as in `model.json`. TensorFlow.js 4.22 forgets the depth multiplier
 * of separable convolutions there, so that a saved one could not be loaded: it is put back.
 */
export function modelTopology(model: tf.LayersModel): Entry {
  const topology = model.toJSON(null, false) as unknown as Entry;
  restoreDepthMultipliers(model, topology.config.layers ?? []);
  return topology;
}

function restoreDepthMultipliers(model: tf.LayersModel, entries: Entry[]): void {
  for (const { class_name: type, config } of entries) {
    if (type === 'SeparableConv2D') {
      const layer = model.getLayer(config.name) as tf.layers.Layer & { depthMultiplier: number };
      config.depth_multiplier = layer.depthMultiplier;
    }
    const nested = config.layers && model.getLayer(config.name);
    if (nested instanceof tf.LayersModel) restoreDepthMultipliers(nested, config.layers ?? []);
  }
}
