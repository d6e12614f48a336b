import { tf } from '../backend/tf';

/**
 * The names of all layers of a model: its own as they are, those of a nested model behind its name, as in
 * 'backbone/conv1'. Nested models are listed, too. A layer that lies in two nested models has two names.
 */
export function layerPaths(model: tf.LayersModel): Map<tf.layers.Layer, string[]> {
  const paths = new Map<tf.layers.Layer, string[]>();
  const visit = ({ layers }: tf.LayersModel, prefix: string): void => {
    for (const layer of layers) {
      const path = `${prefix}${layer.name}`;
      const earlier = paths.get(layer);
      if (earlier) earlier.push(path);
      else paths.set(layer, [path]);
      if (layer instanceof tf.LayersModel) visit(layer, `${path}/`);
    }
  };
  visit(model, '');
  return paths;
}

/** All layers by name, `layerPaths` the other way round. */
export function layersByPath(model: tf.LayersModel): Map<string, tf.layers.Layer> {
  const layers = new Map<string, tf.layers.Layer>();
  for (const [layer, names] of layerPaths(model)) for (const name of names) layers.set(name, layer);
  return layers;
}
