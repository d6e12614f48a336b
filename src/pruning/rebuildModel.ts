import { ownOnce } from '../backend/ownOnce';
import { type Initializer, presetInitializer } from '../backend/presetInitializer';
import { moveToEngine } from '../backend/readValues';
import { tf } from '../backend/tf';
import { trackVariables } from '../backend/trackVariables';
import { joinLayers, type Parts } from './joinLayers';
import { layersByPath } from './layerPaths';
import { weightNameOf } from './layerWeight';

export interface Changes {
  /** Entries of a layer's configuration that become others, e.g. `{ filters: 16 }`. */
  options(path: string, layer: tf.layers.Layer): Record<string, unknown>;
  /** Makes the new tensor for a weight; the new model owns it. Without it the new layers make their own. */
  weight?(path: string, name: string, tensor: tf.Tensor): tf.Tensor;
}

/**
 * A new model with the same graph and layer names, other sizes and other weights, in nested models as well. The
 * original is only read. It is not compiled: an optimizer's state would not fit the new weights.
 *
 * @returns the model; dispose it with `model.dispose()`. When anything fails, nothing is left behind.
 */
export function rebuildModel(model: tf.LayersModel, changes: Changes): tf.LayersModel {
  const config = model.getConfig() as unknown as ModelConfig;
  const unset = new Map<string, () => tf.Tensor>();
  change(model, config, '', changes, unset);
  const made = trackVariables();
  try {
    const rebuilt = fromConfig(model, config);
    setWeights(rebuilt, unset);
    // what a model knows and its configuration does not
    freeze(model, rebuilt);
    ownOnce(rebuilt);
    const metadata = model.getUserDefinedMetadata();
    if (metadata) rebuilt.setUserDefinedMetadata(metadata);
    return rebuilt;
  } catch (error) {
    made.dispose();
    throw error;
  }
}

/** A model of the same class. */
function fromConfig(model: tf.LayersModel, config: ModelConfig): tf.LayersModel {
  const ModelClass = model.constructor as unknown as ModelClass;
  if (model instanceof tf.Sequential) return ModelClass.fromConfig(ModelClass, config);
  const Joined = function Joined(parts: Parts) {
    return joinLayers(ModelClass, parts);
  };
  return ModelClass.fromConfig(Joined as unknown as ModelClass, config);
}

/** Changes the configuration of every layer; `unset` gets the weights that no initializer has made so far. */
function change(
  model: tf.LayersModel,
  config: ModelConfig,
  prefix: string,
  changes: Changes,
  unset: Map<string, () => tf.Tensor>,
): void {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  for (const entry of config.layers) {
    const layer = layers.get(entry.config.name as string) as tf.layers.Layer;
    const path = `${prefix}${layer.name}`;
    if (layer instanceof tf.LayersModel) {
      change(layer, entry.config as unknown as ModelConfig, `${path}/`, changes, unset);
    } else {
      Object.assign(entry.config, forgotten(layer), changes.options(path, layer));
      Object.assign(entry.config, presetWeights(layer, path, changes.weight, unset));
    }
  }
}

/** What TensorFlow.js 4.22 leaves out of a layer's configuration, or gets wrong. */
function forgotten(layer: tf.layers.Layer): Record<string, unknown> {
  const { depthMultiplier, depthwiseConstraint } = layer as unknown as Record<string, unknown>;
  const type = layer.getClassName();
  if (type === 'SeparableConv2D') return { depthMultiplier };
  return type === 'DepthwiseConv2D' ? { depthwiseConstraint } : {};
}

/** For every weight of a layer the initializer that builds it with its new values. */
function presetWeights(
  layer: tf.layers.Layer,
  path: string,
  makeNew: Changes['weight'],
  unset: Map<string, () => tf.Tensor>,
): Record<string, Initializer> {
  const initializers: Record<string, Initializer> = {};
  if (!makeNew) return initializers;
  layer.weights.forEach((weight, index) => {
    const name = weightNameOf(weight);
    const key = `${path} ${index}`;
    unset.set(key, () => {
      unset.delete(key);
      const tensor = weight.read();
      moveToEngine(tensor);
      return makeNew(path, name, tensor);
    });
    const option = `${camelCase(name.replace(/wise_kernel$/, 'wise'))}Initializer`;
    const original = (layer as unknown as Record<string, Initializer>)[option];
    // recurrent layers and wrappers do not hand their initializers on
    if (original) initializers[option] = presetInitializer(original, () => unset.get(key)?.() as tf.Tensor);
  });
  return initializers;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Writes the weights that were not made by a preset initializer. */
function setWeights(model: tf.LayersModel, unset: Map<string, () => tf.Tensor>): void {
  if (unset.size === 0) return;
  const layers = layersByPath(model);
  for (const [key, make] of [...unset]) {
    const end = key.lastIndexOf(' ');
    const weight = layers.get(key.slice(0, end))?.weights[Number(key.slice(end + 1))];
    const values = make();
    weight?.write(values);
    values.dispose();
  }
}

/** Hands on which models, nested ones too, are frozen as a whole. */
function freeze(from: tf.LayersModel, to: tf.LayersModel): void {
  from.layers.forEach((layer, index) => {
    if (layer instanceof tf.LayersModel) freeze(layer, to.layers[index] as tf.LayersModel);
  });
  if (!from.trainable) to.trainable = false;
}

/** What tfjs-layers' `getConfig` answers for a sequential or functional model; its own types do not say. */
interface ModelConfig {
  layers: { config: Record<string, unknown> }[];
}

interface ModelClass {
  new (parts: Parts): tf.LayersModel;
  fromConfig(modelClass: ModelClass, config: ModelConfig): tf.LayersModel;
}
