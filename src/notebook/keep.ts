import type { tf } from '../backend/tf';

const kept = new Map<string, tf.LayersModel>();

/**
 * Keeps a model under a name, and disposes the model that had the name before. A cell that is run again then
 * does not fill the engine's memory, which JavaScript's garbage collector cannot see.
 *
 *     const small = keep('small', prune(net, { percent }));
 *
 * @returns the model itself.
 */
export function keep<Model extends tf.LayersModel>(name: string, model: Model): Model {
  const before = kept.get(name);
  kept.set(name, model);
  if (before && before !== model) before.dispose();
  return model;
}
