import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { BackendName } from '../src/index';
import type { BenchNet } from './benchNet';

export interface EngineTask extends BenchNet {
  backend: BackendName;
  percent: number;
  /** Timed prunes; 0 for none. */
  repeat: number;
  /** Timed forward passes of each net; the one that warms up is added. */
  forwardRepeat: number;
}

/** Milliseconds of each run, but for `peak`. */
export interface EngineTimes {
  /** That are trained, before and after pruning. */
  parameters: [number, number];
  make: number[];
  /** Bytes above the process until the end of the first prune call, the net included. */
  peak: number[];
  /** Of chains alone: bytes in use when the prune call is at its fullest, the net included, garbage not. */
  inUse: number[];
  /** Of the eight-conv net alone. */
  core: number[];
  /** Joining finished layers to a model, which is TensorFlow.js's own part of the prune call. */
  join: number[];
  prune: number[];
  full: number[];
  pruned: number[];
}

const DEFAULTS = { net: 'eight', percent: 0.5, repeat: 0, forwardRepeat: 0, size: 8, factor: 1, blocks: 0 };

/** Runs one round of one engine in a process of its own. @throws Error when that engine cannot start. */
export function runEngine(
  task: Partial<EngineTask> & { backend: BackendName },
  environment: Record<string, string> = {},
): EngineTimes {
  const script = path.join(__dirname, 'engineRound.ts');
  const args = [...process.execArgv, script, JSON.stringify({ ...DEFAULTS, ...task })];
  const env = { ...process.env, ...environment };
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
}

export function emptyTimes(): EngineTimes {
  return {
    parameters: [0, 0],
    make: [],
    peak: [],
    inUse: [],
    core: [],
    join: [],
    prune: [],
    full: [],
    pruned: [],
  };
}

/** Adds the runs of a round. */
export function appendTimes(times: EngineTimes, run: EngineTimes): void {
  times.parameters = run.parameters;
  for (const part of ['make', 'peak', 'inUse', 'core', 'join', 'prune', 'full', 'pruned'] as const) {
    times[part].push(...run[part]);
  }
}
