import type { BackendName } from '../src/index';

export interface Settings {
  engines: BackendName[];
  percent: number;
  rounds: number;
  /** A Python that has torch, where PyTorch is to be measured, too. */
  python?: string;
}

/** The results of `rounds` runs. */
export function repeated<T>(rounds: number, run: () => T): T[] {
  return Array.from({ length: rounds }, run);
}
