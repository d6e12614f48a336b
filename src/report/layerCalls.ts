import { tf } from '../backend/tf';
import { nodesInOrder } from '../pruning/nodesInOrder';

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
  for (const { outboundLayer: layer, inputTensors, outputTensors } of nodesInOrder(model)) {
    if (layer instanceof tf.LayersModel) {
      for (const call of layerCalls(layer)) calls.push({ ...call, name: `${layer.name}/${call.name}` });
    } else {
      calls.push({
        name: layer.name,
        layer,
        inputShapes: inputTensors.map(({ shape }) => shape),
        outputShape: outputTensors[0].shape,
      });
    }
  }
  return calls;
}
