import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { BackendName } from '../src/index';

export interface EngineTask {
  backend: BackendName;
  percent: number;
  /** Timed prunes; 0 for none. */
  repeat: number;
  /** Timed forward passes of each net; the one that warms up is added. */
  forwardRepeat: number;
  /** Pixels of a side of the input. */
  size: number;
  /** Of the widths of the eight-conv net: 1 is 100.66M parameters, and parameters grow with its square. */
  factor: number;
  /** Measure peak memory instead of time. */
  memory?: boolean;
}

/** Milliseconds of each run. */
export interface EngineTimes {
  parameters: number;
  make: number[];
  core: number[];
  prune: number[];
  full: number[];
  pruned: number[];
}

const DEFAULTS = { percent: 0.5, repeat: 0, forwardRepeat: 0, size: 8, factor: 1 };

/** Runs one round of one engine in a process of its own. @throws Error when that engine cannot start. */
export function runEngine<T = EngineTimes>(
  task: Partial<EngineTask> & { backend: BackendName },
  environment: Record<string, string> = {},
): T {
  const script = path.join(__dirname, 'engineRound.ts');
  const args = [...process.execArgv, script, JSON.stringify({ ...DEFAULTS, ...task })];
  const env = { ...process.env, ...environment };
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
}

export function emptyTimes(): EngineTimes {
  return { parameters: 0, make: [], core: [], prune: [], full: [], pruned: [] };
}

/** Adds the runs of a round. */
export function appendTimes(times: EngineTimes, { make, core, prune, full, pruned }: EngineTimes): void {
  times.make.push(...make);
  times.core.push(...core);
  times.prune.push(...prune);
  times.full.push(...full);
  times.pruned.push(...pruned);
}
