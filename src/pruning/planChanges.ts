import type { tf } from '../backend/tf';
import type { Plan } from './makePlan';
import { byKey, type PlannedMember, type PlannedSize, planMembers } from './planMembers';
import type { Kept } from './sliceTensor';

/** What a plan makes of each layer, by the layer's name behind those of the nested models that it lies in. */
export interface PlanChanges {
  /** The new values of a layer's options that count channels, e.g. `{ filters: 16 }`. */
  options(path: string, layer: tf.layers.Layer): Record<string, number | number[]>;
  /** What stays of a weight of that shape. */
  kept(path: string, weight: string, shape: number[]): Kept;
}

/** @throws RangeError when the plan does not fit the model; TypeError for a layer type without a rule. */
export function planChanges(model: tf.LayersModel, plan: Plan): PlanChanges {
  const { members, sizes } = planMembers(model, plan);
  const membersOf = byKey(members, ({ layer, weight }) => `${layer} ${weight}`);
  const sizesOf = byKey(sizes, ({ layer }) => layer);
  return {
    options: (path, layer) => newOptions(layer, sizesOf(path)),
    kept: (path, weight, shape) => keptOf(shape, membersOf(`${path} ${weight}`)),
  };
}

function newOptions(layer: tf.layers.Layer, sizes: PlannedSize[]): Record<string, number | number[]> {
  const options: Record<string, number | number[]> = {};
  const config = layer.getConfig();
  for (const { option, axis, less } of sizes) {
    const old = options[option] ?? (config[option] as number | number[]);
    options[option] = Array.isArray(old)
      ? old.map((size, index) => (index === axis ? size - less : size))
      : old - less;
  }
  return options;
}

function keptOf(shape: number[], members: PlannedMember[]): Kept {
  return shape.map((size, axis) => {
    const isCut = new Uint8Array(size);
    for (const member of members) {
      if (member.axis === axis) for (const index of member.cutIndices) isCut[index] = 1;
    }
    if (!isCut.includes(1)) return undefined;
    const kept: number[] = [];
    for (let index = 0; index < size; index++) if (isCut[index] === 0) kept.push(index);
    return Int32Array.from(kept);
  });
}
