import type { tf } from '../backend/tf';
import { fillUniform } from '../nets/fillUniform';
import { filterAxis } from './filterAxis';
import type { ChannelGroup } from './findGroups';
import { layerNorms } from './l1Norms';
import { layersByPath } from './layerPaths';

/** One score per output channel of a layer; the lowest go first. */
export type ChannelScorer = (model: tf.LayersModel, layerName: string) => ArrayLike<number>;

/** 'l1': L1 norms. 'random': seeded noise, the control. Or your own function. */
export type Importance = 'l1' | 'random' | ChannelScorer;

/**
 * A function for the scores of a group's units: those of its only producer as they are; with several producers the
 * mean of their scores, each divided by its layer's own mean magnitude, so that a layer of large weights does not
 * decide alone. It throws a RangeError when the importance does not answer one score for each channel of a layer.
 *
 * @throws RangeError for an importance of another name.
 */
export function unitScores(
  model: tf.LayersModel,
  importance: Importance,
  seed: number,
): (group: ChannelGroup) => number[] {
  const score = scorer(model, importance, seed);
  return ({ units, members }) => {
    const producers = members.filter(({ role }) => role === 'produces');
    const scores = producers.map(({ layer, indices }) => {
      const channels = indices.reduce((sum, { length }) => sum + length, 0);
      const byUnit = ownScores(complete(score(layer), layer, channels), indices);
      return producers.length === 1 ? byUnit : dividedByMean(byUnit);
    });
    return Array.from({ length: units }, (_, unit) => mean(scores.map((own) => own[unit])));
  };
}

/** Scores by layer name. The names are looked up once: a search for each of a thousand layers takes long. */
function scorer(
  model: tf.LayersModel,
  importance: Importance,
  seed: number,
): (layerName: string) => ArrayLike<number> {
  if (typeof importance === 'function') return (name) => importance(model, name);
  const layers = layersByPath(model);
  if (importance === 'l1') return (name) => layerNorms(layers.get(name) as tf.layers.Layer);
  if (importance === 'random') {
    const numbers = layerNumbers(model, layers);
    return (name) => randomScores(layers.get(name) as tf.layers.Layer, seed, numbers.get(name) as number);
  }
  throw new RangeError(`importance must be 'l1', 'random' or a function, but is '${importance}'.`);
}

/** Noise in [0, 1) with a stream of its own for each layer. */
function randomScores(layer: tf.layers.Layer, seed: number, stream: number): Float32Array {
  const scores = new Float32Array(filterAxis(layer).filters);
  fillUniform(scores, 0.5, seed, stream);
  return scores.map((value) => value + 0.5);
}

/** The model's own layers first, those of nested models behind them. */
function layerNumbers({ layers: own }: tf.LayersModel, layers: Map<string, unknown>): Map<string, number> {
  const numbers = new Map([...layers.keys()].map((name, i) => [name, own.length + i]));
  own.forEach(({ name }, i) => {
    numbers.set(name, i);
  });
  return numbers;
}

/** A unit's score is the sum over the channels that it owns; a part of a concatenation owns none of some units. */
function ownScores(byChannel: ArrayLike<number>, indices: number[][]): (number | undefined)[] {
  return indices.map((owned) => {
    if (owned.length === 0) return undefined;
    let sum = 0;
    for (const channel of owned) sum += byChannel[channel];
    return sum;
  });
}

function dividedByMean(scores: (number | undefined)[]): (number | undefined)[] {
  const all = mean(scores.map((score) => score && Math.abs(score)));
  return all === 0 ? scores : scores.map((score) => score && score / all);
}

/** Of those that there are. */
function mean(numbers: (number | undefined)[]): number {
  let sum = 0;
  let count = 0;
  for (const number of numbers) {
    if (number === undefined) continue;
    sum += number;
    count++;
  }
  return sum / count;
}

function complete(scores: ArrayLike<number>, layer: string, channels: number): ArrayLike<number> {
  if (scores?.length === channels) return scores;
  const found = typeof scores?.length === 'number' ? `${scores.length} scores` : 'no list of scores';
  throw new RangeError(
    `importance gave ${found} for the ${channels} channels of '${layer}'; it must answer one number for each.`,
  );
}
