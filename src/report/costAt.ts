import type { CostGroup, CostTerm, PruneCost } from './pruneCost';

/**
 * The parameters and multiply-adds that are left when of each group so many channels are kept.
 *
 * @param keptOf the kept channels of a group, e.g. `({ units }) => units` for the whole net.
 * @returns `multiplyAdds` of one sample; null where they cannot be counted.
 */
export function costAt(
  { groups, parameters, multiplyAdds }: PruneCost,
  keptOf: (group: CostGroup) => number,
): { parameters: number; multiplyAdds: number | null } {
  const kept = new Map(groups.map((group) => [group.name, keptOf(group)]));
  const sum = (terms: CostTerm[]): number =>
    terms.reduce(
      (total, term) =>
        total + term.groups.reduce((product, name) => product * (kept.get(name) as number), term.factor),
      0,
    );
  return { parameters: sum(parameters), multiplyAdds: multiplyAdds && sum(multiplyAdds) };
}
