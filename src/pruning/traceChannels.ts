import type { tf } from '../backend/tf';
import { collectGroups, type UnitPlace } from './collectGroups';
import type { ChannelGroup, FindGroupsOptions } from './findGroups';
import { walkModel } from './walkModel';

/** One use of a layer in a model, and to which groups the channels belong that it hands on. */
export interface TracedLayer {
  /** The layer's name, behind those of the nested models that it lies in: 'backbone/conv1'. */
  layer: string;
  /** Its class, e.g. 'Conv2D'. */
  type: string;
  /** Where its inputs come from: positions of earlier entries of the list, in the order of the inputs. */
  from: number[];
  /** By channel of the output; undefined where no group has the channel. */
  channels: (UnitPlace | undefined)[];
  /** Why nothing of the output may be cut on any axis; then `channels` is empty. */
  whole?: string;
}

export interface ChannelTrace {
  /** As `findGroups` answers them. */
  groups: ChannelGroup[];
  /** Producers before consumers; the model's inputs come first. */
  layers: TracedLayer[];
}

/**
 * Follows the channels of every group through a model: which layer makes them, and where they are handed on.
 * `findGroups` answers the groups alone.
 *
 * @throws as `findGroups`.
 */
export function traceChannels(model: tf.LayersModel, options: FindGroupsOptions = {}): ChannelTrace {
  const { graph, visits } = walkModel(model, options);
  const { groups, placeOf } = collectGroups(graph);
  const layers = visits.map(({ output: { ids, whole }, ...visit }) => {
    return { ...visit, channels: ids.map(placeOf), ...(whole !== undefined && { whole }) };
  });
  return { groups, layers };
}
