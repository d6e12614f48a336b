import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

export interface TorchTimes {
  torch: string;
  forward: { median: number };
  forward_pruned: { median: number };
  prune: { median: number };
  prune_fast: { median: number };
}

export interface TorchPruningTimes {
  params: number;
  pruned_params: number;
  graph: { median: number };
  step: { median: number };
}

/** One round of pytorch_reference.py. @returns seconds, as that script prints them. */
export function runTorch(python: string, percent: number, repeat: number): TorchTimes {
  return run(python, ['pytorch_reference.py', 'time', '--percent', `${percent}`, '--repeat', `${repeat}`]);
}

/** One round of torch_pruning_reference.py on one of its nets. @returns seconds. */
export function runTorchPruning(
  python: string,
  percent: number,
  net: 'eight' | 'vgg16bn' | 'resnet50',
): TorchPruningTimes {
  const repeat = net === 'eight' ? '3' : '5';
  return run(python, ['torch_pruning_reference.py', '--net', net, '--percent', `${percent}`, '--repeat', repeat]); // biome-ignore format: one line
}

/** @returns whether that Python has the package. */
export function hasPackage(python: string, name: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run<T>(python: string, [script, ...args]: string[]): T {
  const out = execFileSync(python, [path.join(__dirname, script), ...args], { encoding: 'utf8' });
  return JSON.parse(out.trim().split('\n').at(-1) as string);
}
