import { type Initializer, presetInitializer } from '../backend/presetInitializer';
import { moveToEngine } from '../backend/readValues';
import type { tf } from '../backend/tf';
import { trackVariables } from '../backend/trackVariables';
import { weightNameOf } from './layerWeight';

export interface Changes {
  /** Entries of a layer's configuration that become others, e.g. `{ filters: 16 }`. */
  options(layer: tf.layers.Layer): Record<string, unknown>;
  /** Makes the new tensor for a weight; the new model owns it. */
  weight(layer: tf.layers.Layer, name: string, tensor: tf.Tensor): tf.Tensor;
}

/**
 * A new model with the same graph and layer names, other sizes and other weights. The original is only read.
 * It is not compiled: an optimizer's state would not fit the new weights.
 *
 * @returns the model; dispose it with `model.dispose()`. When anything fails, nothing is left behind.
 */
export function rebuildModel(model: tf.LayersModel, changes: Changes): tf.LayersModel {
  const config = model.getConfig() as unknown as ModelConfig;
  for (const entry of config.layers) {
    const layer = model.getLayer(entry.config.name as string);
    Object.assign(entry.config, changes.options(layer), presetWeights(layer, changes));
  }
  const disposeNew = trackVariables();
  try {
    const ModelClass = model.constructor as unknown as ModelClass;
    const rebuilt = ModelClass.fromConfig(ModelClass, config);
    // what a model knows and its configuration does not
    if (!model.trainable) rebuilt.trainable = false;
    const metadata = model.getUserDefinedMetadata();
    if (metadata) rebuilt.setUserDefinedMetadata(metadata);
    return rebuilt;
  } catch (error) {
    disposeNew();
    throw error;
  }
}

/** For every weight of a layer the initializer that builds it with its new values. */
function presetWeights(layer: tf.layers.Layer, changes: Changes): Record<string, Initializer> {
  const initializers: Record<string, Initializer> = {};
  for (const weight of layer.weights) {
    const name = weightNameOf(weight);
    const key = `${name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}Initializer`;
    const original = (layer as unknown as Record<string, Initializer>)[key];
    initializers[key] = presetInitializer(original, () => {
      const tensor = weight.read();
      moveToEngine(tensor);
      return changes.weight(layer, name, tensor);
    });
  }
  return initializers;
}

/** What tfjs-layers' `getConfig` answers for a sequential or functional model; its own types do not say. */
interface ModelConfig {
  layers: { config: Record<string, unknown> }[];
}

interface ModelClass {
  fromConfig(modelClass: ModelClass, config: ModelConfig): tf.LayersModel;
}
