/**
 * How long and how much memory the course takes, on each engine that is installed:
 *
 *     npm run bench                                  this library
 *     npm run bench -- --python path/to/python       beside PyTorch, where that Python has torch (2.13.0), and
 *                                                    beside Torch-Pruning, where it has torch-pruning (1.6.1)
 *     npm run bench -- --write                       also writes bench/RESULTS.md
 *     npm run bench -- --only prune,forward          parts: memory, prune, nets, forward, growth, lessons
 *     npm run bench -- --growth                      the same as --only growth: how time and memory grow with a net's
 *                                                    parameters and with its layers
 *
 * Figures are medians with minimum and maximum. What is compared runs in turn, round by round, so that all see the
 * same machine.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { type BackendName, useBackend } from '../src/index';
import { forward, SIZE } from './forward';
import { growth } from './growth';
import { lessons } from './lessons';
import { memory } from './memory';
import { nets } from './nets';
import { pruning } from './pruning';
import type { Settings } from './settings';
import { markdownTable, type Row } from './table';
import { hasPackage } from './torch';

const PARTS = ['memory', 'prune', 'nets', 'forward', 'growth', 'lessons'] as const;
const RESULTS = path.join(__dirname, 'RESULTS.md');

const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    percent: { type: 'string', default: '0.5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    growth: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const named = [...(options.only?.split(',') ?? []), ...(options.growth ? ['growth'] : [])];
  const parts = named.length > 0 ? named : [...PARTS];
  const unknown = parts.find((part) => !PARTS.some((known) => known === part));
  if (unknown) throw new RangeError(`Unknown part '${unknown}'. Allowed: ${PARTS.join(', ')}.`);
  const { python } = options;
  if (python && !hasPackage(python, 'torch')) throw new Error(`${python} has no torch.`);
  const settings: Settings = {
    engines: await installedEngines(),
    percent: Number(options.percent),
    rounds: Number(options.rounds),
    python,
  };
  const text = [heading(settings)];
  const add = (title: string, rows: Row[]) => {
    text.push(markdownTable(title, rows));
    console.log(text.at(-1));
  };
  console.log(text[0]);
  if (parts.includes('memory')) add('Peak memory of a prune', memory(settings));
  if (parts.includes('prune')) add('Pruning 100.66M parameters', pruning(settings));
  if (parts.includes('nets')) add('Pruning VGG-16-BN and ResNet-50', nets(settings));
  if (parts.includes('forward')) add(`One forward pass, 1 x ${SIZE} x ${SIZE} x 3`, forward(settings));
  if (parts.includes('growth')) add('Pruning nets of other sizes', growth(settings));
  if (parts.includes('lessons')) add('Notebooks, on wasm', await lessons(settings));
  if (options.write) fs.writeFileSync(RESULTS, text.join('\n'));
}

async function installedEngines(): Promise<BackendName[]> {
  const native = await useBackend('native').then(
    () => true,
    () => false,
  );
  if (!native) console.log('The native engine is not installed (npm run native): only wasm is measured.\n');
  return native ? ['native', 'wasm'] : ['wasm'];
}

function heading({ engines, percent, rounds, python }: Settings): string {
  const torch = python ? ['PyTorch', ...(hasPackage(python, 'torch_pruning') ? ['Torch-Pruning'] : [])] : [];
  const date = new Date().toISOString().slice(0, 10);
  return [
    '# Measurements',
    '',
    `${os.cpus()[0].model}, ${os.cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.version}, ${date}; engines ${engines.join(' and ')}${torch.length > 0 ? `, in turn with ${torch.join(' and ')}` : ''}. Made by \`npm run bench -- --write${python ? ' --python PATH' : ''}\`: the median of all runs (minimum to maximum), percent ${percent}, ${rounds} rounds.`,
    '',
  ].join('\n');
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
