import type { tf } from '../backend/tf';
import { requireSeed } from '../nets/fillUniform';
import { requireOptions } from '../nets/requireOptions';
import { type ChannelGroup, findGroups, type GroupMember } from './findGroups';
import { groupPercent, isNamed, requireProducers } from './groupPercent';
import { type LayerShapes, layerShapes } from './layerShapes';
import { cutCount, rank, requirePercent } from './rank';
import { type Importance, unitScores } from './unitScores';

export interface PruneOptions {
  /** The share of each group's channels to cut, 0 <= percent < 1. */
  percent: number;
  /** Other shares for some layers, by name: `{ conv1: 0.3, 'backbone/conv2': 0 }`. */
  percentByLayer?: Record<string, number>;
  /** Names of layers whose channels stay; 'backbone' means all layers of the nested model of that name. */
  ignore?: string[];
  /** How channels are ranked; the lowest go. Default 'l1', the L1 norm of the channel's filter. */
  importance?: Importance;
  /** Whether the channels of the model's outputs are cut, too. Default false. */
  pruneOutputs?: boolean;
  /** What to do about layers without a rule: an error (the default), or cut nothing around them. */
  unknownLayers?: 'protect';
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

/** What will be cut, as plain data: print it, plot it, save it (`savePlan`), edit it by hand, apply it. */
export interface Plan {
  percent: number;
  percentByLayer?: Record<string, number>;
  /** 'l1', 'random' or the name of your function. */
  importance: string;
  pruneOutputs: boolean;
  unknownLayers?: 'protect';
  /** The layers of the model that the plan was made for; other models are refused. */
  madeFor?: LayerShapes[];
  groups: GroupPlan[];
}

export const PRUNE_OPTIONS = [
  'percent',
  'percentByLayer',
  'ignore',
  'importance',
  'pruneOutputs',
  'unknownLayers',
  'seed',
] as const;

/**
 * Decides which channels of a model go: in every group floor(units * percent) of them, those of the lowest
 * scores, and never the last one of a layer. Nothing is cut yet; see `applyPlan`.
 *
 * @throws RangeError for a percent outside [0, 1), a layer name that makes no channels, an unknown importance, a
 *   seed that is no integer, or scores that are not finite; TypeError for a layer type that has no rule, and for an unknown option.
 */
export function makePlan(model: tf.LayersModel, options: PruneOptions): Plan {
  requireOptions(options, PRUNE_OPTIONS, '{ percent: 0.5 }');
  const { percent, percentByLayer, ignore = [], importance = 'l1' } = options;
  const { pruneOutputs = false, unknownLayers, seed = 0 } = options;
  for (const share of [percent, ...Object.values(percentByLayer ?? {})]) requirePercent(share);
  requireSeed(seed);
  if (unknownLayers !== undefined && unknownLayers !== 'protect') {
    throw new RangeError(`unknownLayers must be 'protect' or left out, but is '${unknownLayers}'.`);
  }
  const found = findGroups(model, { pruneOutputs, unknownLayers });
  const producers = found.flatMap((group) => producersOf(group).map(({ layer }) => layer));
  requireProducers('ignore', ignore, producers);
  requireProducers('percentByLayer', Object.keys(percentByLayer ?? {}), producers);
  const scoresOf = unitScores(model, importance, seed);
  const groups = found.map((group): GroupPlan => {
    const { name, units } = group;
    const producing = producersOf(group);
    const layers = producing.map(({ layer }) => layer);
    const ignored = layers.find((layer) => isNamed(layer, ignore));
    const notCut = group.notCut ?? (ignored && `${ignored} is to stay as it is (ignore)`);
    const count = notCut ? 0 : cutCount(units, groupPercent(layers, percent, percentByLayer ?? {}));
    const scores = scoresOf(group);
    if (count > 0) requireFinite(scores, name);
    const perLayer = producing.map(({ indices }) =>
      [...indices.keys()].filter((unit) => indices[unit].length),
    );
    return { name, layers, units, ...rank(scores, count, perLayer), scores, ...(notCut && { notCut }) };
  });
  const name = typeof importance === 'function' ? importance.name || 'custom' : importance;
  return {
    percent,
    ...(percentByLayer && { percentByLayer: { ...percentByLayer } }),
    importance: name,
    pruneOutputs,
    ...(unknownLayers && { unknownLayers }),
    madeFor: layerShapes(model),
    groups,
  };
}

function producersOf({ members }: ChannelGroup): GroupMember[] {
  return members.filter(({ role }) => role === 'produces');
}

/** Where something is cut, a score that is not a number would decide at random. */
function requireFinite(scores: number[], group: string): void {
  const unit = scores.findIndex((score) => !Number.isFinite(score));
  if (unit === -1) return;
  throw new RangeError(
    `The score of channel ${unit} of '${group}' is ${scores[unit]}; only finite scores can be ranked.`,
  );
}
