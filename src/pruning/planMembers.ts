import type { tf } from '../backend/tf';
import { type ChannelGroup, findGroups, type GroupMember, type GroupSize } from './findGroups';
import { requireSameLayers } from './layerShapes';
import type { GroupPlan, Plan } from './makePlan';

export interface PlannedMember extends GroupMember {
  /** The indices on the member's axis that go. */
  cutIndices: number[];
}

/** An entry of a layer's configuration that gets smaller, and by how much. */
export interface PlannedSize extends GroupSize {
  less: number;
}

export type PlannedGroup = ChannelGroup & { members: PlannedMember[] };

export interface Planned {
  /** Group by group; `members` are those of all of them. */
  groups: PlannedGroup[];
  members: PlannedMember[];
  sizes: PlannedSize[];
}

/**
 * Every weight axis that a plan touches, with the indices that go there, and every size that changes.
 *
 * @throws TypeError for something that is no plan; RangeError when the plan does not fit the model or itself:
 *   the message names the group.
 */
export function planMembers(model: tf.LayersModel, plan: Plan): Planned {
  // Before the model is walked, which reads the plan's options.
  requireLists(plan);
  if (plan.madeFor) requireSameLayers(model, plan.madeFor);
  const groups = plannedGroups(findGroups(model, plan), plan);
  return {
    groups,
    members: groups.flatMap(({ members }) => members),
    sizes: groups.flatMap(({ sizes }, index) =>
      sizes.map((size) => ({
        ...size,
        less: plan.groups[index].cut.reduce((sum, unit) => sum + size.counts[unit], 0),
      })),
    ),
  };
}

/** The members by group, for groups that have been found already. */
export function plannedGroups(groups: readonly ChannelGroup[], plan: Plan): PlannedGroup[] {
  requireLists(plan);
  const expected = groups.map(({ name }) => name).join(', ');
  const found = plan.groups.map(({ name }) => name).join(', ');
  if (expected !== found) {
    throw new RangeError(`The plan is for groups ${found}, but the model has groups ${expected}.`);
  }
  return groups.map((group, index) => {
    const groupPlan = plan.groups[index];
    requireFit(groupPlan, group.units, group.notCut);
    requireOneEach(group.members, groupPlan);
    const known = new Map<number[][], number[]>();
    const members = group.members.map((member) => {
      const cutIndices = known.get(member.indices) ?? owned(groupPlan.cut, member.indices);
      known.set(member.indices, cutIndices);
      return { ...member, cutIndices };
    });
    return { ...group, members };
  });
}

/** The indices that some units own. A plain loop: `flatMap` takes ten times as long. */
function owned(units: number[], indices: number[][]): number[] {
  const all: number[] = [];
  for (const unit of units) for (const index of indices[unit]) all.push(index);
  return all;
}

/** Things that belong to a layer, or to one weight of it, by its key. */
export function byKey<T>(things: T[], key: (thing: T) => string): (key: string) => T[] {
  const lists = new Map<string, T[]>();
  for (const thing of things) {
    const list = lists.get(key(thing));
    if (list) list.push(thing);
    else lists.set(key(thing), [thing]);
  }
  return (wanted) => lists.get(wanted) ?? [];
}

/** A plan may come from a file, so its shape is not a matter of types alone. */
function requireLists(plan: Plan): void {
  const isList = Array.isArray;
  if (isList(plan?.groups) && plan.groups.every((group) => isList(group?.keep) && isList(group.cut))) {
    if (typeof plan.pruneOutputs === 'boolean') return;
  }
  throw new TypeError(
    'A plan must say pruneOutputs (true or false) and have groups, each with the lists keep and cut.',
  );
}

function requireFit({ name, keep, cut }: GroupPlan, units: number, notCut?: string): void {
  const all = [...keep, ...cut].sort((a, b) => a - b);
  if (all.length !== units || all.some((unit, index) => unit !== index)) {
    throw new RangeError(
      `The plan's keep and cut of '${name}' must together name each of its ${units} channels once (0 to ` +
        `${units - 1}), but name ${all.length}: ${brief(all)}.`,
    );
  }
  if (keep.length === 0)
    throw new RangeError(`The plan keeps no channel of '${name}'; at least one must stay.`);
  if (notCut && cut.length > 0) {
    throw new RangeError(`The plan cuts channels of '${name}', but nothing can be cut there: ${notCut}.`);
  }
}

/** A group may consist of the channels of several layers, so keeping one of the group is not enough. */
function requireOneEach(members: GroupMember[], { keep }: GroupPlan): void {
  const empty = members.find(
    ({ role, indices }) => role === 'produces' && !keep.some((unit) => indices[unit].length > 0),
  );
  if (empty) throw new RangeError(`The plan keeps no channel of '${empty.layer}'; at least one must stay.`);
}

function brief(numbers: number[]): string {
  return numbers.length > 12 ? `${numbers.slice(0, 12).join(', ')}, ...` : numbers.join(', ');
}
