import type { tf } from '../backend/tf';
import { fillUniform } from '../nets/fillUniform';
import { filterAxis } from './filterAxis';
import type { ChannelGroup } from './findGroups';
import { l1Norms } from './l1Norms';
import { layersByPath } from './layerPaths';
import { layerAt } from './layerWeight';

/** One score per output channel of a layer; the lowest go first. */
export type ChannelScorer = (model: tf.LayersModel, layerName: string) => ArrayLike<number>;

/** 'l1': L1 norms. 'random': seeded noise, the control. Or your own function. */
export type Importance = 'l1' | 'random' | ChannelScorer;

/**
 * The scores of a group's units: those of its only producer as they are; with several producers the mean of
 * their scores, each divided by its layer's own mean magnitude, so that a layer of large weights does not decide alone.
 *
 * @throws RangeError for an importance that does not answer one score for each channel of a layer.
 */
export function unitScores(
  model: tf.LayersModel,
  group: ChannelGroup,
  importance: Importance,
  seed: number,
): number[] {
  const score = scorer(importance, seed);
  const producers = group.members.filter(({ role }) => role === 'produces');
  const scores = producers.map(({ layer, indices }) => {
    const byChannel = complete(score(model, layer), layer, indices.flat().length);
    const byUnit = indices.map((owned) =>
      owned.length > 0 ? owned.reduce((sum, channel) => sum + byChannel[channel], 0) : undefined,
    );
    return producers.length === 1 ? byUnit : dividedByMean(byUnit);
  });
  return group.members[0].indices.map((_, unit) => mean(scores.flatMap((own) => own[unit] ?? [])));
}

function scorer(importance: Importance, seed: number): ChannelScorer {
  if (typeof importance === 'function') return importance;
  if (importance === 'l1') return l1Norms;
  if (importance === 'random') return (model, layerName) => randomScores(model, layerName, seed);
  throw new RangeError(`importance must be 'l1', 'random' or a function, but is '${importance}'.`);
}

/** Noise in [0, 1) with a stream of its own for each layer. */
function randomScores(model: tf.LayersModel, layerName: string, seed: number): Float32Array {
  const position = layerNumber(model, layerName);
  const scores = new Float32Array(filterAxis(layerAt(model, layerName)).filters);
  fillUniform(scores, 0.5, seed, position);
  return scores.map((value) => value + 0.5);
}

/** The model's own layers first, those of nested models behind them. */
function layerNumber(model: tf.LayersModel, layerName: string): number {
  const own = model.layers.findIndex(({ name }) => name === layerName);
  return own >= 0 ? own : model.layers.length + [...layersByPath(model).keys()].indexOf(layerName);
}

/** A producer may have no channel of some units: a part of a concatenation. */
function dividedByMean(scores: (number | undefined)[]): (number | undefined)[] {
  const all = mean(scores.flatMap((score) => (score === undefined ? [] : Math.abs(score))));
  return all === 0 ? scores : scores.map((score) => score && score / all);
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function complete(scores: ArrayLike<number>, layer: string, channels: number): ArrayLike<number> {
  if (scores?.length === channels) return scores;
  const found = typeof scores?.length === 'number' ? `${scores.length} scores` : 'no list of scores';
  throw new RangeError(
    `importance gave ${found} for the ${channels} channels of '${layer}'; it must answer one number for each.`,
  );
}
