import { tf } from '../backend/tf';
import { type ChannelGroup, type FindGroupsOptions, findGroups } from '../pruning/findGroups';
import { layerPaths } from '../pruning/layerPaths';
import { weightNameOf } from '../pruning/layerWeight';
import { isParameter } from './countParameters';
import { tryWeightProducts } from './multiplyAdds';

/** `factor` times the kept channels of each of these groups; a group may stand twice, and none is a constant. */
export interface CostTerm {
  factor: number;
  groups: string[];
}

export interface CostGroup {
  /** The first layer that produces these channels. */
  name: string;
  /** All layers that produce them. */
  layers: string[];
  units: number;
  /** Why nothing is cut here, in words. */
  notCut?: string;
}

/** What a net costs, as sums of products of kept channels. Plain data; `costAt` computes it. */
export interface PruneCost {
  groups: CostGroup[];
  parameters: CostTerm[];
  /** Of one sample, conv + dense, bias excluded; null where they cannot be counted. */
  multiplyAdds: CostTerm[] | null;
  /** Why `multiplyAdds` is null, one sentence. */
  notCounted?: string;
}

/**
 * What every possible cut leaves, without building one pruned net. A kernel [3, 3, in, out] that reads what
 * conv1 produces costs 9 times the kept channels of conv1 times its own:
 * `{ factor: 9, groups: ['conv1', 'conv2'] }`; its bias costs `{ factor: 1, groups: ['conv2'] }`. The terms come
 * from the groups of `findGroups` and the rules of `multiplyAdds`, whatever the net.
 *
 * @throws TypeError for a layer type without a pruning rule; RangeError for a group whose channels differ in
 *   size, because then a cut's cost depends on which channels go.
 */
export function pruneCost(model: tf.LayersModel, options: FindGroupsOptions = {}): PruneCost {
  return groupsCost(model, findGroups(model, options));
}

/** The same for groups that have been found already. */
export function groupsCost(model: tf.LayersModel, groups: readonly ChannelGroup[]): PruneCost {
  const paths = layerPaths(model);
  const termsOf = (layer: tf.layers.Layer, weight: Weight): CostTerm[] => {
    const [path] = paths.get(layer) ?? [layer.name];
    return weight.shape.reduce<CostTerm[]>(
      (terms, size, axis) => product(terms, axisTerms(groups, path, weightNameOf(weight), axis, size ?? 1)),
      [{ factor: 1, groups: [] }],
    );
  };
  const parameters = [...paths.keys()]
    .filter((layer) => !(layer instanceof tf.LayersModel))
    .flatMap((layer) => layer.weights.filter(isParameter).flatMap((weight) => termsOf(layer, weight)));
  const products = tryWeightProducts(model);
  const isCounted = typeof products !== 'string';
  const multiplyAdds = isCounted
    ? products.flatMap(({ call, weight, positions }) =>
        product([{ factor: positions, groups: [] }], termsOf(call.layer, weight)),
      )
    : null;
  return {
    groups: groups.map(({ name, units, members, notCut }) => ({
      name,
      layers: members.filter(({ role }) => role === 'produces').map(({ layer }) => layer),
      units,
      ...(notCut && { notCut }),
    })),
    parameters: collected(parameters),
    multiplyAdds: multiplyAdds && collected(multiplyAdds),
    ...(!isCounted && { notCounted: products }),
  };
}

type Weight = tf.LayersModel['weights'][number];

/** The size of an axis: what each group has of it by unit, and what belongs to no group. */
function axisTerms(
  groups: readonly ChannelGroup[],
  layer: string,
  weight: string,
  axis: number,
  size: number,
): CostTerm[] {
  const terms: CostTerm[] = [];
  let rest = size;
  for (const { name, members } of groups) {
    for (const member of members) {
      if (member.layer !== layer || member.weight !== weight || member.axis !== axis) continue;
      const sizes = member.indices.map(({ length }) => length);
      if (sizes.some((own) => own !== sizes[0])) {
        throw new RangeError(
          `Expected each channel of the group '${name}' to have as many indices of ${layer}.${weight} as the ` +
            `others, but they have from ${Math.min(...sizes)} to ${Math.max(...sizes)}.`,
        );
      }
      terms.push({ factor: sizes[0], groups: [name] });
      rest -= sizes[0] * sizes.length;
    }
  }
  return rest > 0 ? [...terms, { factor: rest, groups: [] }] : terms;
}

function product(left: CostTerm[], right: CostTerm[]): CostTerm[] {
  return left.flatMap((a) =>
    right.map((b) => ({ factor: a.factor * b.factor, groups: [...a.groups, ...b.groups] })),
  );
}

/** Terms of the same groups are one. */
function collected(terms: CostTerm[]): CostTerm[] {
  const sums = new Map<string, CostTerm>();
  for (const { factor, groups } of terms) {
    const key = JSON.stringify([...groups].sort());
    sums.set(key, { factor: factor + (sums.get(key)?.factor ?? 0), groups });
  }
  return [...sums.values()];
}
