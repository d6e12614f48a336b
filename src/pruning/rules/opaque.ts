import type { Rule } from '../layerUse';

/** Layers into which pruning does not look: nothing is cut in front of them, and what they make stays whole. */
export function opaque(why: string): Rule {
  return ({ name, inputs }, graph) => {
    const reason = `${name} ${why}`;
    for (const input of inputs) graph.protect(input, reason);
    return graph.whole(reason);
  };
}
