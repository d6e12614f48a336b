import type { tf } from '../backend/tf';
import type { Plan } from './makePlan';
import { type PlannedMember, planMembers } from './planMembers';
import { rebuildModel } from './rebuildModel';
import { type Kept, sliceTensor } from './sliceTensor';

/**
 * The smaller model: every weight loses exactly the indices that the plan cuts, where they are produced and
 * where they are read.
 *
 * @returns a new model, not compiled, with the same layer names; dispose it with `model.dispose()`. The
 *   original is left as it was.
 * @throws RangeError when the plan does not fit the model; TypeError for a layer type without a rule.
 */
export function applyPlan(model: tf.LayersModel, plan: Plan): tf.LayersModel {
  const members = planMembers(model, plan);
  return rebuildModel(model, {
    options: (layer) => sizesOf(layer, members),
    weight: (layer, name, tensor) =>
      sliceTensor(
        tensor,
        keptOf(
          tensor.shape,
          members.filter((member) => member.layer === layer.name && member.weight === name),
        ),
      ),
  });
}

/** The new values of a layer's options that count channels, e.g. `{ filters: 16 }`. */
function sizesOf(layer: tf.layers.Layer, members: PlannedMember[]): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { layer: name, option, cutIndices } of members) {
    if (name !== layer.name || !option) continue;
    sizes[option] = (sizes[option] ?? (layer.getConfig()[option] as number)) - cutIndices.length;
  }
  return sizes;
}

function keptOf(shape: number[], members: PlannedMember[]): Kept {
  return shape.map((size, axis) => {
    const cut = new Set(
      members.filter((member) => member.axis === axis).flatMap((member) => member.cutIndices),
    );
    if (cut.size === 0) return undefined;
    return Int32Array.from(
      Array.from({ length: size }, (_, index) => index).filter((index) => !cut.has(index)),
    );
  });
}
