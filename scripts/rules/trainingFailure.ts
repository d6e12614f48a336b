import { tf } from '../../src/backend/tf';

/**
 * One step back through a model of a single input.
 *
 * @param shape of a sample.
 * @returns why it cannot be trained; undefined where every weight got a gradient of its own shape.
 */
export function trainingFailure(model: tf.LayersModel, shape: number[]): string | undefined {
  try {
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(() => {
      const outputs = model.apply(tf.ones([2, ...shape]), { training: true }) as tf.Tensor;
      return outputs.square().mean() as tf.Scalar;
    }, variables);
    for (const { name, shape: own } of variables) {
      if (grads[name].shape.join() !== own.join()) return `${name} gets a gradient of another shape`;
      if (!grads[name].dataSync().every(Number.isFinite)) return `${name} gets a gradient that is not finite`;
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
