import { tf } from './tf';

export interface TrackedVariables {
  /** From here on other variables are none of its business: call it before anything is awaited. */
  stop(): void;
  /** Disposes every variable made between the call of `trackVariables` and `stop`, or now. */
  dispose(): void;
}

/** Call it before building a model, to clean up when the building fails half way. */
export function trackVariables(): TrackedVariables {
  const variables = tf.engine().registeredVariables;
  const before = new Set(Object.keys(variables));
  const made = () => Object.keys(variables).filter((name) => !before.has(name));
  let names: string[] | undefined;
  return {
    stop() {
      names ??= made();
    },
    dispose() {
      for (const name of names ?? made()) variables[name]?.dispose();
    },
  };
}
