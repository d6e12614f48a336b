import type { tf } from '../backend/tf';
import { requireSeed } from '../nets/fillUniform';
import { findGroups } from './findGroups';
import { cutCount, rank, requirePercent } from './rank';
import { type Importance, unitScores } from './unitScores';

export interface PruneOptions {
  /** The share of each group's channels to cut, 0 <= percent < 1. */
  percent: number;
  /** How channels are ranked; the lowest go. Default 'l1', the L1 norm of the channel's filter. */
  importance?: Importance;
  /** Whether the channels of the model's outputs are cut, too. Default false. */
  pruneOutputs?: boolean;
  /** Seed of `importance: 'random'`. Default 0. */
  seed?: number;
}

export interface GroupPlan {
  /** The first layer that produces these channels. */
  name: string;
  /** All layers that produce them. */
  layers: string[];
  units: number;
  /** Indices of the units that stay, ascending. */
  keep: number[];
  /** Indices of the units that go, ascending. */
  cut: number[];
  /** One score a unit. */
  scores: number[];
  /** Why nothing is cut here, in words. */
  notCut?: string;
}

/** What will be cut, as plain data: print it, plot it, save it as JSON, edit it by hand, apply it. */
export interface Plan {
  percent: number;
  /** 'l1', 'random' or the name of your function. */
  importance: string;
  pruneOutputs: boolean;
  groups: GroupPlan[];
}

/**
 * Decides which channels of a model go: in every group floor(units * percent) of them, those of the lowest
 * scores, and never the last one. Nothing is cut yet; see `applyPlan`.
 *
 * @throws RangeError for a percent outside [0, 1), an unknown importance, a seed that is no integer, or scores that are not finite;
 *   TypeError for a layer type that has no rule.
 */
export function makePlan(
  model: tf.LayersModel,
  { percent, importance = 'l1', pruneOutputs = false, seed = 0 }: PruneOptions,
): Plan {
  requirePercent(percent);
  requireSeed(seed);
  const groups = findGroups(model, { pruneOutputs }).map((group): GroupPlan => {
    const { name, units, members, notCut } = group;
    const scores = unitScores(model, group, importance, seed);
    const layers = members.filter(({ role }) => role === 'produces').map(({ layer }) => layer);
    const split = rank(scores, notCut ? 0 : cutCount(units, percent));
    return { name, layers, units, ...split, scores, ...(notCut && { notCut }) };
  });
  const name = typeof importance === 'function' ? importance.name || 'custom' : importance;
  return { percent, importance: name, pruneOutputs, groups };
}
