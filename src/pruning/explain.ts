import { tf } from '../backend/tf';
import { countText } from '../plots/numberText';
import type { Role } from './channelGraph';
import type { GroupMember } from './findGroups';
import { layersByPath } from './layerPaths';
import { layersOf } from './layersOf';
import type { GroupPlan, Plan } from './makePlan';
import { planMembers } from './planMembers';
import { shareText } from './shareText';

/**
 * What a plan does to a model, in words, by layer name: what is cut, which layers lose the same channels or read
 * fewer of them, what is not cut and why. `describePlan` is shorter and needs no model.
 *
 * @throws as `applyPlan`, when the plan does not fit the model.
 */
export function explain(plan: Plan, model: tf.LayersModel): string {
  const members = planMembers(model, plan).groups.map((group) => group.members);
  const cut: string[] = [];
  const whole: string[] = [];
  plan.groups.forEach((group, i) => {
    if (group.cut.length > 0) cut.push(...cutLines(group, members[i]));
    else whole.push(wholeLine(group, members[i]));
  });
  whole.push(...untouched(model, new Set(members.flat().map(({ layer }) => layer))));
  const [units, gone] = [sum(plan.groups, ({ units }) => units), sum(plan.groups, ({ cut }) => cut.length)];
  return [
    'Cut:',
    ...(cut.length > 0 ? cut : ['  nothing']),
    'Not cut:',
    ...(whole.length > 0 ? whole : ['  nothing: every layer loses channels']),
    `In all ${countText(gone)} of ${countText(units)} channels go (${shareText(gone, units)}).`,
  ].join('\n');
}

function cutLines({ units, cut }: GroupPlan, members: GroupMember[]): string[] {
  const count = `${countText(cut.length)} of ${countText(units)} channels go (${shareText(cut.length, units)})`;
  const producers = layersOf(members, 'produces');
  const tied = producers.length > 1 ? '; they are tied, so that all lose the same ones' : '';
  const first = new Map<string, GroupMember>();
  for (const member of [...members].reverse()) first.set(`${member.role} ${member.layer}`, member);
  const named = (layers: string[], role: Role) =>
    layers.map((layer) => `${layer}${ownCount(first.get(`${role} ${layer}`), units, cut)}`);
  const followers = layersOf(members, 'follows').filter((layer) => !first.has(`produces ${layer}`));
  const readers = layersOf(members, 'reads');
  return [
    `  ${named(producers, 'produces').join(' + ')}: ${count}${tied}`,
    ...(followers.length > 0 ? [`    lose the same: ${named(followers, 'follows').join(', ')}`] : []),
    ...(readers.length > 0 ? [`    read fewer: ${named(readers, 'reads').join(', ')}`] : []),
  ];
}

/** Where a layer has another number of indices than the group has units: behind a flatten, in a concatenation. */
function ownCount(member: GroupMember | undefined, units: number, cut: number[]): string {
  if (!member) return '';
  const all = sum(member.indices, ({ length }) => length);
  const gone = sum(cut, (unit) => member.indices[unit].length);
  const what = member.role === 'reads' ? 'inputs' : 'channels';
  return all === units ? '' : ` (${countText(gone)} of its ${countText(all)} ${what})`;
}

function wholeLine({ units, notCut }: GroupPlan, members: GroupMember[]): string {
  const names = layersOf(members, 'produces').join(' + ');
  return `  ${names}: all ${countText(units)} channels stay, because ${notCut ?? 'the plan cuts none of them'}`;
}

/** Layers with weights that no group knows, such as recurrent ones. */
function untouched(model: tf.LayersModel, known: Set<string>): string[] {
  return [...layersByPath(model)]
    .filter(([path, layer]) => !(layer instanceof tf.LayersModel) && !known.has(path) && layer.weights.length)
    .map(([path, layer]) => `  ${path}: keeps all its weights; it is of type ${layer.getClassName()}`);
}

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((total, each) => total + of(each), 0);
}
