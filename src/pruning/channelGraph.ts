import type { tf } from '../backend/tf';
import { weightNameOf } from './layerWeight';

/** The channels of one symbolic tensor: which axis they lie on, and for each index of it the id of its unit. */
export interface Channels {
  /** Counted with the batch axis: 3 for [batch, height, width, channels]. */
  axis: number;
  ids: number[];
  /** Why nothing of this tensor may be cut on any axis; then `axis` and `ids` say nothing. */
  whole?: string;
}

/**
 * What a weight's axis has to do with a group of channels: it `produces` them (a filter each), `follows` them
 * (a bias, a batch norm), or is `read` by a layer that mixes channels (its rows).
 */
export type Role = 'produces' | 'follows' | 'reads';

export interface WeightAxis {
  layer: string;
  weight: string;
  axis: number;
  role: Role;
  ids: number[];
}

/** An entry of a layer's configuration that counts channels: a number, or one number of a shape. */
export interface LayerSize {
  layer: string;
  /** E.g. `filters`, or `targetShape`. */
  option: string;
  /** Which number of a shape. */
  axis?: number;
  ids: number[];
}

/**
 * Collects, while the rules walk through a net, which weights must lose the same channels. Every produced
 * channel has an id; tying two channels makes their ids mean the same unit.
 */
export class ChannelGraph {
  readonly axes: WeightAxis[] = [];
  readonly sizes: LayerSize[] = [];
  /** Why a unit must not be cut, by unit, and the how manieth reason it was. */
  private readonly reasons = new Map<number, { text: string; order: number }>();
  private given = 0;
  private readonly parent: number[] = [];
  /** What was said of a layer's weight or option before: a second use of the layer means the same channels. */
  private readonly said = new Map<tf.layers.Layer, Map<string, number[]>>();

  /** @param names all the names of every layer: one that lies in two nested models has two. */
  constructor(private readonly names: Map<tf.layers.Layer, string[]>) {}

  /** How many ids there are: 0 to count - 1. */
  get count(): number {
    return this.parent.length;
  }

  /** New channels, `count` of them, on `axis` of a tensor. */
  fresh(axis: number, count: number): Channels {
    const ids: number[] = [];
    for (let i = 0; i < count; i++) ids.push(this.parent.push(this.parent.length) - 1);
    return { axis, ids };
  }

  /** New channels that must not be cut. */
  fixed(axis: number, count: number, reason: string): Channels {
    const channels = this.fresh(axis, count);
    this.protect(channels, reason);
    return channels;
  }

  /** The channels of a tensor of which nothing may be cut. */
  whole(reason: string): Channels {
    return { axis: -1, ids: [], whole: reason };
  }

  /**
   * A tensor's channels as a layer sees them that takes `axis` for the channels, `size` of them. Where they
   * lie on another axis nothing is cut, for the given reason.
   */
  on(channels: Channels, axis: number, size: number, reason: string): Channels {
    if (channels.whole === undefined && channels.axis === axis) return channels;
    this.protect(channels, reason);
    return this.fixed(axis, size, channels.whole ?? reason);
  }

  /** Says that a layer's weight has, on one of its axes, one index for each of these channels. */
  attach(role: Role, layer: tf.layers.Layer, weight: string, axis: number, { ids }: Channels): void {
    const size = layer.weights.find((each) => weightNameOf(each) === weight)?.shape[axis];
    if (size !== ids.length) {
      throw new Error(
        `The rule for ${layer.getClassName()} gives ${ids.length} channels to axis ${axis} of ` +
          `${layer.name}/${weight}, whose size is ${size}.`,
      );
    }
    if (this.saidBefore(layer, `${weight} ${axis}`, ids)) return;
    for (const name of this.namesOf(layer)) this.axes.push({ role, layer: name, weight, axis, ids });
  }

  /** Says that an entry of a layer's configuration counts these channels. */
  resize(layer: tf.layers.Layer, option: string, { ids }: Channels, axis?: number): void {
    if (this.saidBefore(layer, `${option} ${axis}`, ids)) return;
    for (const name of this.namesOf(layer)) {
      this.sizes.push({ layer: name, option, ids, ...(axis !== undefined && { axis }) });
    }
  }

  /** From here on both lists are the same channels, one by one. Of two reasons the one given first is told. */
  tie(a: Channels, b: Channels): void {
    this.tieIds(a.ids, b.ids);
  }

  /** Nothing may be cut among these channels; the first reason given is the one that is told. */
  protect({ ids }: Channels, text: string): void {
    const order = this.given++;
    for (const id of ids) {
      const unit = this.unit(id);
      if (!this.reasons.has(unit)) this.reasons.set(unit, { text, order });
    }
  }

  /** The unit that an id stands for now. */
  unit(id: number): number {
    let root = id;
    while (this.parent[root] !== root) root = this.parent[root];
    while (this.parent[id] !== root) [id, this.parent[id]] = [this.parent[id], root];
    return root;
  }

  reasonNotToCut(id: number): string | undefined {
    return this.reasons.get(this.unit(id))?.text;
  }

  private namesOf(layer: tf.layers.Layer): string[] {
    return this.names.get(layer) ?? [layer.name];
  }

  private saidBefore(layer: tf.layers.Layer, what: string, ids: number[]): boolean {
    const said = this.said.get(layer) ?? new Map<string, number[]>();
    this.said.set(layer, said);
    const earlier = said.get(what);
    if (earlier) this.tieIds(earlier, ids);
    else said.set(what, ids);
    return earlier !== undefined;
  }

  private tieIds(a: number[], b: number[]): void {
    a.forEach((id, i) => {
      const [from, to] = [this.unit(b[i]), this.unit(id)];
      if (from === to) return;
      this.parent[from] = to;
      const [moved, there] = [this.reasons.get(from), this.reasons.get(to)];
      if (moved && (!there || moved.order < there.order)) this.reasons.set(to, moved);
    });
  }
}
