import { tf } from '../backend/tf';

/** One use of a layer in a model: a layer that is used twice is listed twice. */
export interface LayerCall {
  /** The layer's name; layers of a nested model carry its name before theirs: 'backbone/conv1'. */
  name: string;
  layer: tf.layers.Layer;
  /** Shapes with the batch axis; null where a size is not fixed. */
  inputShapes: tf.Shape[];
  outputShape: tf.Shape;
}

/** Every use of every layer between a model's inputs and outputs, producers before consumers. */
export function layerCalls(model: tf.LayersModel): LayerCall[] {
  const calls: LayerCall[] = [];
  const visited = new Set<tf.layers.Layer['inboundNodes'][number]>();

  const visit = ({ sourceLayer: layer, nodeIndex }: tf.SymbolicTensor): void => {
    const node = layer.inboundNodes[nodeIndex];
    if (visited.has(node)) return;
    visited.add(node);
    node.inputTensors.forEach(visit);
    if (layer instanceof tf.LayersModel) {
      for (const call of layerCalls(layer)) calls.push({ ...call, name: `${layer.name}/${call.name}` });
    } else if (layer.getClassName() !== 'InputLayer') {
      calls.push({
        name: layer.name,
        layer,
        inputShapes: node.inputTensors.map(({ shape }) => shape),
        outputShape: node.outputTensors[0].shape,
      });
    }
  };
  model.outputs.forEach(visit);
  return calls;
}
