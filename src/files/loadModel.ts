import { createTensor } from '../backend/createTensor';
import { readValues } from '../backend/readValues';
import { tf } from '../backend/tf';
import { openModel } from './openModel';
import { readWeight, type StoredWeight } from './shardReader';

type Weight = tf.LayersModel['weights'][number];

/**
 * Loads a TensorFlow.js layers model that `saveModel`, TensorFlow.js or its converter wrote, on every engine.
 * Weights must be plain float32 and have the names that their layers give them. They are read from their files
 * straight into the engine's memory (on native through one array for one weight at a time). An optimizer's state
 * is not read.
 *
 * @param source the directory that holds `model.json`, or the JSON file itself.
 * @returns the model; dispose it with `model.dispose()`.
 * @throws Error that names the file or the weight, when one is missing, has another size or shape than
 *   expected, or is of a kind that is not supported.
 */
export async function loadModel(source: string): Promise<tf.LayersModel> {
  const { model, stored } = await openModel(source, (shape) => createTensor(shape, () => {}));
  try {
    for (const weight of model.weights) fill(weight, stored.get(weight.originalName) as StoredWeight);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

function fill(weight: Weight, place: StoredWeight): void {
  if (tf.getBackend() === 'tensorflow') {
    const tensor = createTensor(place.shape, (values) => readWeight(place, values));
    weight.write(tensor);
    tensor.dispose();
  } else {
    // Nobody has computed with this weight yet, so that it may be written through its window.
    readWeight(place, readValues(weight.read()));
  }
}
