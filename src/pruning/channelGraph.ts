import type { tf } from '../backend/tf';

/** The channels of one symbolic tensor: which axis they lie on, and for each index of it the id of its unit. */
export interface Channels {
  /** Counted with the batch axis: 3 for [batch, height, width, channels]. */
  axis: number;
  ids: number[];
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
  /** The entry of the layer's configuration that counts these channels, e.g. `filters`. */
  option?: string;
}

/**
 * Collects, while the rules walk through a net, which weights must lose the same channels. Every produced
 * channel has an id; tying two channels makes their ids mean the same unit.
 */
export class ChannelGraph {
  readonly axes: WeightAxis[] = [];
  /** Why a unit must not be cut, by unit. */
  private readonly reasons = new Map<number, string>();
  private readonly parent: number[] = [];

  /** New channels, `count` of them, on `axis` of a tensor. */
  fresh(axis: number, count: number): Channels {
    const ids = Array.from({ length: count }, (_, i) => this.parent.length + i);
    this.parent.push(...ids);
    return { axis, ids };
  }

  /** Says that a layer's weight has, on one of its axes, one index for each of these channels. */
  attach(
    role: Role,
    layer: tf.layers.Layer,
    weight: string,
    axis: number,
    { ids }: Channels,
    option?: string,
  ): void {
    this.axes.push({ role, layer: layer.name, weight, axis, ids, option });
  }

  /** From here on both lists are the same channels, one by one. */
  tie(a: Channels, b: Channels): void {
    a.ids.forEach((id, i) => {
      const [from, to] = [this.unit(b.ids[i]), this.unit(id)];
      if (from === to) return;
      this.parent[from] = to;
      const reason = this.reasons.get(from);
      if (reason && !this.reasons.has(to)) this.reasons.set(to, reason);
    });
  }

  /** Nothing may be cut among these channels; the first reason given is the one that is told. */
  protect({ ids }: Channels, reason: string): void {
    for (const id of ids) {
      const unit = this.unit(id);
      if (!this.reasons.has(unit)) this.reasons.set(unit, reason);
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
    return this.reasons.get(this.unit(id));
  }
}
