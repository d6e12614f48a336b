import type { ChannelGraph, WeightAxis } from './channelGraph';
import type { ChannelGroup } from './findGroups';

export interface UnitPlace {
  /** The group's number in the list of groups. */
  group: number;
  /** Which unit of the group it is. */
  unit: number;
}

export interface CollectedGroups {
  groups: ChannelGroup[];
  /** Where the channel of an id belongs; undefined where no layer produces it. */
  placeOf(id: number): UnitPlace | undefined;
}

/** Turns the graph's ids into groups: producers that share a unit belong together. */
export function collectGroups(graph: ChannelGraph): CollectedGroups {
  const { groups, groupOf, positionOf } = groupsOfUnits(graph);
  const known = new Map<number[], Map<ChannelGroup, number[][]>>();
  for (const { ids, ...place } of graph.axes) {
    for (const [group, indices] of byGroup(ids)) group.members.push({ ...place, indices });
  }
  for (const { ids, ...place } of graph.sizes) {
    for (const [group, indices] of byGroup(ids)) {
      group.sizes.push({ ...place, counts: indices.map(({ length }) => length) });
    }
  }
  const numbers = new Map(groups.map((group, number) => [group, number]));
  return { groups, placeOf };

  function placeOf(id: number): UnitPlace | undefined {
    const unit = graph.unit(id);
    const group = groupOf[unit];
    return group && { group: numbers.get(group) as number, unit: positionOf[unit] };
  }

  /** For each group among the ids, by unit: the indices that it owns. A batch norm's weights share one list. */
  function byGroup(ids: number[]): Map<ChannelGroup, number[][]> {
    const earlier = known.get(ids);
    if (earlier) return earlier;
    const found = new Map<ChannelGroup, number[][]>();
    ids.forEach((id, index) => {
      const unit = graph.unit(id);
      const group = groupOf[unit];
      if (!group) return;
      let indices = found.get(group);
      if (!indices) {
        indices = new Array<number[]>(group.units);
        found.set(group, indices);
      }
      const own = indices[positionOf[unit]];
      if (own) own.push(index);
      else indices[positionOf[unit]] = [index];
    });
    for (const indices of found.values()) {
      for (let unit = 0; unit < indices.length; unit++) indices[unit] ??= [];
    }
    known.set(ids, found);
    return found;
  }
}

interface UnitGroups {
  /** In the order of their first producers. */
  groups: ChannelGroup[];
  /** By unit; undefined for one that no layer produces. */
  groupOf: (ChannelGroup | undefined)[];
  /** By unit: which one of its group it is. */
  positionOf: Int32Array;
}

/** A group for every set of producers that share units, with its units in the producers' order. */
function groupsOfUnits(graph: ChannelGraph): UnitGroups {
  const producers = graph.axes.filter(({ role }) => role === 'produces');
  const groupOf = new Array<ChannelGroup | undefined>(graph.count);
  const positionOf = new Int32Array(graph.count);
  const groups = new Map<number, ChannelGroup>();
  firstProducers(graph, producers).forEach((first, i) => {
    const group = groups.get(first) ?? { name: producers[first].layer, units: 0, members: [], sizes: [] };
    groups.set(first, group);
    for (const id of producers[i].ids) {
      const unit = graph.unit(id);
      if (groupOf[unit]) continue;
      groupOf[unit] = group;
      positionOf[unit] = group.units++;
      const reason = graph.reasonNotToCut(unit);
      if (reason !== undefined) group.notCut ??= reason;
    }
  });
  return { groups: [...groups.values()], groupOf, positionOf };
}

/** For each producer the number of the first one that it shares units with, directly or by way of others. */
function firstProducers(graph: ChannelGraph, producers: WeightAxis[]): number[] {
  const firstOf = new Int32Array(graph.count).fill(-1);
  const parent = producers.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root];
    while (parent[i] !== root) [i, parent[i]] = [parent[i], root];
    return root;
  };
  producers.forEach(({ ids }, i) => {
    for (const id of ids) {
      const unit = graph.unit(id);
      if (firstOf[unit] === -1) firstOf[unit] = i;
      const [a, b] = [rootOf(firstOf[unit]), rootOf(i)];
      parent[Math.max(a, b)] = Math.min(a, b); // the first producer names the group
    }
  });
  return producers.map((_, i) => rootOf(i));
}
