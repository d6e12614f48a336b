import { createTensor } from '../backend/createTensor';
import { type Initializer, presetInitializer } from '../backend/presetInitializer';
import { tf } from '../backend/tf';

interface SerializedClass {
  className: string;
  config: tf.serialization.ConfigDict;
}

/**
 * Stands for another initializer while a model is built whose weights will be written afterwards: it takes
 * the memory and draws no numbers. To everybody who asks later, and in saved files, it is the other one.
 */
class UnfilledWeight extends tf.serialization.Serializable {
  static readonly className = 'UnfilledWeight';

  static override fromConfig<T extends tf.serialization.Serializable>(
    _: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const { className, config: originalConfig } = config.original as unknown as SerializedClass;
    const [originalClass, create] = tf.serialization.SerializationMap.getMap().classNameMap[className];
    const original = create(originalClass, originalConfig) as unknown as Initializer;
    return presetInitializer(original, (shape) => createTensor(shape, () => {})) as unknown as T;
  }

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}
tf.serialization.registerClass(UnfilledWeight);

/**
 * Builds a model from its topology in `model.json` without giving its weights values: whatever was in that
 * memory is in them. Drawing 100 million random numbers that are overwritten at once would take seconds.
 */
export async function unfilledModel(modelTopology: object): Promise<tf.LayersModel> {
  const topology = JSON.parse(JSON.stringify(modelTopology), (key, value) => {
    const known = value?.class_name in tf.serialization.SerializationMap.getMap().classNameMap;
    return key.endsWith('_initializer') && known
      ? { class_name: UnfilledWeight.className, config: { original: value } }
      : value;
  });
  return tf.models.modelFromJSON({ modelTopology: topology });
}
