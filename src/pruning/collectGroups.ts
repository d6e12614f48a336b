import type { ChannelGraph } from './channelGraph';
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
  const places = placesOfUnits(graph);
  const groups = new Map<number, ChannelGroup>();
  for (const [unit, { root, name, position }] of places) {
    const group = groups.get(root) ?? { name, units: 0, members: [], sizes: [] };
    groups.set(root, group);
    group.units = Math.max(group.units, position + 1);
    group.notCut ??= graph.reasonNotToCut(unit);
  }
  for (const { ids, ...place } of graph.axes) {
    for (const [root, indices] of byGroup(ids)) groups.get(root)?.members.push({ ...place, indices });
  }
  for (const { ids, ...place } of graph.sizes) {
    for (const [root, indices] of byGroup(ids)) {
      groups.get(root)?.sizes.push({ ...place, counts: indices.map(({ length }) => length) });
    }
  }
  for (const group of groups.values()) if (group.notCut === undefined) delete group.notCut;
  const numbers = new Map([...groups.keys()].map((root, number) => [root, number]));
  return { groups: [...groups.values()], placeOf };

  function placeOf(id: number): UnitPlace | undefined {
    const place = places.get(graph.unit(id));
    return place && { group: numbers.get(place.root) as number, unit: place.position };
  }

  /** For each group among the ids, by unit: the indices that it owns. */
  function byGroup(ids: number[]): Map<number, number[][]> {
    const found = new Map<number, number[][]>();
    ids.forEach((id, index) => {
      const place = places.get(graph.unit(id));
      if (!place) return;
      const { root, position } = place;
      let indices = found.get(root);
      if (!indices) {
        indices = Array.from({ length: groups.get(root)?.units ?? 0 }, () => []);
        found.set(root, indices);
      }
      indices[position].push(index);
    });
    return found;
  }
}

interface Place {
  /** The number of the group. */
  root: number;
  name: string;
  /** Which unit of the group it is. */
  position: number;
}

/** For every unit that a layer produces its group and its place there, in the order of the producers. */
function placesOfUnits(graph: ChannelGraph): Map<number, Place> {
  const producers = graph.axes.filter(({ role }) => role === 'produces');
  const firstOf = new Map<number, number>();
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
      const [a, b] = [rootOf(firstOf.get(unit) ?? i), rootOf(i)];
      parent[Math.max(a, b)] = Math.min(a, b); // the first producer names the group
      if (!firstOf.has(unit)) firstOf.set(unit, i);
    }
  });
  const sizes = new Map<number, number>();
  const places = new Map<number, Place>();
  producers.forEach(({ ids }, i) => {
    const root = rootOf(i);
    for (const unit of ids.map((id) => graph.unit(id))) {
      if (places.has(unit)) continue;
      const position = sizes.get(root) ?? 0;
      sizes.set(root, position + 1);
      places.set(unit, { root, name: producers[root].layer, position });
    }
  });
  return places;
}
