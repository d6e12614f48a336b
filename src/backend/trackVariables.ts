import { tf } from './tf';

/**
 * Call it before building a model.
 *
 * @returns a function that disposes every variable made since, for when the building fails half way.
 */
export function trackVariables(): () => void {
  const variables = tf.engine().registeredVariables;
  const before = new Set(Object.keys(variables));
  return () => {
    for (const name of Object.keys(variables)) if (!before.has(name)) variables[name].dispose();
  };
}
