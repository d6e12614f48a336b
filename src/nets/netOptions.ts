/** What the networks with batch norms have in common. */
export interface NetOptions {
  /** Channels of the input. Default 3. */
  inChannels?: number;
  /** Batch norms with scale 1, shift 0, mean 0, variance 1. Default false: as if trained. */
  freshNorms?: boolean;
  /** The same seed gives the same weights, bit for bit, on every engine. Default 0. */
  seed?: number;
}
