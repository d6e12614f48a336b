import { tf } from '../backend/tf';
import { layersByPath } from './layerPaths';

/** What a plan remembers of a layer of the model that it was made for. */
export interface LayerShapes {
  /** The layer's name, behind those of the nested models that it lies in: 'backbone/conv1'. */
  layer: string;
  /** The shapes of its weights, in the layer's order. */
  shapes: number[][];
}

/** Names and weight shapes of all layers of a model, those of nested models as well. */
export function layerShapes(model: tf.LayersModel): LayerShapes[] {
  return [...layersByPath(model)]
    .filter(([, layer]) => !(layer instanceof tf.LayersModel))
    .map(([path, { weights }]) => ({ layer: path, shapes: weights.map(({ shape }) => shape as number[]) }));
}

/** @throws RangeError that names the first layer, in the plan's order, that the model has not or has otherwise. */
export function requireSameLayers(model: tf.LayersModel, madeFor: LayerShapes[]): void {
  const found = new Map(layerShapes(model).map(({ layer, shapes }) => [layer, shapes]));
  for (const { layer, shapes } of madeFor) {
    const own = found.get(layer);
    if (!own) throw otherModel(`that one has a layer '${layer}', which this one lacks`);
    if (shapesText(own) !== shapesText(shapes)) {
      throw otherModel(
        `its layer '${layer}' had ${shapesText(shapes)}, but this one's has ${shapesText(own)}`,
      );
    }
    found.delete(layer);
  }
  const [more] = found.keys();
  if (more !== undefined) throw otherModel(`that one has no layer '${more}', which this one has`);
}

function otherModel(difference: string): RangeError {
  return new RangeError(`The plan was made for another model: ${difference}.`);
}

function shapesText(shapes: number[][]): string {
  if (shapes.length === 0) return 'no weights';
  return `weights of shape ${shapes.map((shape) => `[${shape.join(', ')}]`).join(', ')}`;
}
