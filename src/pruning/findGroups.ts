import type { tf } from '../backend/tf';
import type { Role } from './channelGraph';
import { collectGroups } from './collectGroups';
import { walkModel } from './walkModel';

/** One axis of one weight that has, for each unit of a group, the indices that go when the unit goes. */
export interface GroupMember {
  /** The layer's name, behind those of the nested models that it lies in: 'backbone/conv1'. */
  layer: string;
  weight: string;
  axis: number;
  role: Role;
  /** By unit: the indices on `axis` that it owns. Members may share the list: only read it. */
  indices: number[][];
}

/** An entry of a layer's configuration that counts the channels of a group. */
export interface GroupSize {
  layer: string;
  /** E.g. `filters`, or `targetShape`. */
  option: string;
  /** Which number of a shape. */
  axis?: number;
  /** By unit: how much smaller the entry gets when the unit goes. */
  counts: number[];
}

/** Channels that can only be cut together. A unit is what is kept or cut as a whole. */
export interface ChannelGroup {
  /** The first layer that produces these channels, in the model's order. */
  name: string;
  /** How many units there are to choose from. */
  units: number;
  members: GroupMember[];
  sizes: GroupSize[];
  /** Why nothing is cut here, in words; absent where the group can be cut. */
  notCut?: string;
}

export interface FindGroupsOptions {
  /** Whether the channels of the model's outputs may be cut, too. Default false. */
  pruneOutputs?: boolean;
  /** What to do about layers without a rule: an error (the default), or cut nothing around them. */
  unknownLayers?: 'protect';
}

/**
 * Finds which channels of a model must be cut together, by walking through its graph with one rule a layer
 * type (`rules.ts`), through nested models as well.
 *
 * @returns one group for every set of channels that layers produce, in the model's order. The model is only
 *   read; no tensor is made.
 * @throws TypeError for a layer type without a rule, by name; for something that is no model.
 */
export function findGroups(model: tf.LayersModel, options: FindGroupsOptions = {}): ChannelGroup[] {
  return collectGroups(walkModel(model, options).graph).groups;
}
