import type { ChannelGroup } from '../../src/pruning/findGroups';
import type { Plan } from '../../src/pruning/makePlan';
import { cutCount, rank } from '../../src/pruning/rank';
import type { PruneCost } from '../../src/report/pruneCost';

export interface PlannedChain {
  plan: Plan;
  groups: ChannelGroup[];
  cost: PruneCost;
}

/** Plan, groups and cost of a chain of 3x3 convolutions on 3 channels of 32 x 32 pixels, without the net. */
export function plannedChain(widths: number[], { percent = 0.5, pruneOutputs = true } = {}): PlannedChain {
  const names = widths.map((_, i) => `conv${i + 1}`);
  const own = (units: number) => Array.from({ length: units }, (_, unit) => [unit]);
  const groups = widths.map((units, i): ChannelGroup => {
    const indices = own(units);
    const kernel = { weight: 'kernel', indices };
    const isLast = i === widths.length - 1;
    return {
      ...{ name: names[i], units, sizes: [] },
      members: [
        { layer: names[i], axis: 3, role: 'produces', ...kernel },
        ...(isLast ? [] : [{ layer: names[i + 1], axis: 2, role: 'reads' as const, ...kernel }]),
      ],
      ...(isLast && !pruneOutputs && { notCut: `${names[i]} is an output of the model` }),
    };
  });
  const plans = groups.map(({ name, units, notCut }) => {
    const scores = Array.from({ length: units }, (_, unit) => ((unit * 7919 + 4000) % 8191) / 8191);
    const cut = notCut ? 0 : cutCount(units, percent);
    return { name, layers: [name], units, scores, ...rank(scores, cut), ...(notCut && { notCut }) };
  });
  const parameters = names.map((name, i) =>
    i === 0 ? { factor: 27, groups: [name] } : { factor: 9, groups: [names[i - 1], name] },
  );
  return {
    plan: { percent, importance: 'l1', pruneOutputs, groups: plans },
    groups,
    cost: {
      groups: plans.map(({ name, layers, units, notCut }) => ({
        name,
        layers,
        units,
        ...(notCut && { notCut }),
      })),
      parameters,
      multiplyAdds: parameters.map((term) => ({ ...term, factor: 1024 * term.factor })),
    },
  };
}
