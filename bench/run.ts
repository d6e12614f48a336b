/**
 * How long and how much memory the course takes, on each engine that is installed:
 *
 *     npm run bench                                  this library
 *     npm run bench -- --python path/to/python       beside PyTorch, where that Python has torch (2.13.0), and
 *                                                    beside Torch-Pruning, where it has torch-pruning (1.6.1)
 *     npm run bench -- --write                       also writes bench/RESULTS.md
 *     npm run bench -- --only prune,forward          parts: prune, forward, memory, growth, lessons
 *
 * Figures are medians with minimum and maximum. What is compared runs in turn, round by round, so that all see the
 * same machine.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { type BackendName, eightConvNet, multiplyAdds, prune, useBackend } from '../src/index';
import { type EngineTimes, runEngine } from './engine';
import { type KernelTimes, measureKernel, measureLessons } from './notebooks';
import { fittedExponent, spread } from './statistics';
import { markdownTable, numberRow, type Row, ratioRow, timeRow } from './table';
import { hasPackage, runTorch, runTorchPruning } from './torch';

const PARTS = ['prune', 'forward', 'memory', 'growth', 'lessons'] as const;
const RESULTS = path.join(__dirname, 'RESULTS.md');
const SIZE = 32;

const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    percent: { type: 'string', default: '0.5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: PARTS.join(',') },
    write: { type: 'boolean', default: false },
  },
});
const percent = Number(options.percent);
const rounds = Number(options.rounds);
const python = options.python;

async function main(): Promise<void> {
  const parts = options.only.split(',');
  const unknown = parts.find((part) => !PARTS.some((known) => known === part));
  if (unknown) throw new RangeError(`Unknown part '${unknown}'. Allowed: ${PARTS.join(', ')}.`);
  if (python && !hasPackage(python, 'torch')) throw new Error(`${python} has no torch.`);
  const engines = await installedEngines();
  const text = [heading(engines)];
  const add = (title: string, rows: Row[]) => {
    text.push(markdownTable(title, rows));
    console.log(text.at(-1));
  };
  console.log(text[0]);
  // Memory first: on Linux a child inherits its parent's peak.
  if (parts.includes('memory')) add('Peak memory of a prune', memory(engines));
  if (parts.includes('prune')) add('Pruning 100.66M parameters', pruning(engines));
  if (parts.includes('forward')) add(`One forward pass, 1 x ${SIZE} x ${SIZE} x 3`, await forward(engines));
  if (parts.includes('growth')) add('Pruning nets of other sizes', growth(engines));
  if (parts.includes('lessons')) add('Notebooks, on wasm', await lessons());
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

function heading(engines: BackendName[]): string {
  const torch = python ? ['PyTorch', ...(hasPackage(python, 'torch_pruning') ? ['Torch-Pruning'] : [])] : [];
  const date = new Date().toISOString().slice(0, 10);
  return [
    '# Measurements',
    '',
    `${os.cpus()[0].model}, ${os.cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.version}, ${date}; engines ${engines.join(' and ')}${torch.length > 0 ? `, in turn with ${torch.join(' and ')}` : ''}. Made by \`npm run bench -- --write${python ? ' --python PATH' : ''}\`: the median of all runs (minimum to maximum), percent ${percent}, ${rounds} rounds.`,
    '',
  ].join('\n');
}

function memory(engines: BackendName[]): Row[] {
  return engines.map((backend) => {
    const runs = repeated(() => runEngine<{ times: number }>({ backend, percent, memory: true }).times);
    const met = spread(runs).median <= 1.3 ? 'met' : '**not met**';
    return numberRow(`${backend}: above the process, in weights before + after`, runs, `at most 1.3: ${met}`);
  });
}

function pruning(engines: BackendName[]): Row[] {
  const torchPruning = python !== undefined && hasPackage(python, 'torch_pruning');
  const times = Object.fromEntries(engines.map((backend) => [backend, emptyTimes()]));
  const torch = { prune: [] as number[], fast: [] as number[], step: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const backend of engines) append(times[backend], runEngine({ backend, percent, repeat: 5 }));
    if (python) {
      const result = runTorch(python, percent, 5);
      torch.prune.push(result.prune.median * 1000);
      torch.fast.push(result.prune_fast.median * 1000);
    }
    if (python && torchPruning) torch.step.push(runTorchPruning(python, percent).step.median * 1000);
  }
  const rows = engines.flatMap((backend) => [
    timeRow(`${backend}: make the net`, times[backend].make),
    timeRow(`${backend}: norms + ranking + slicing`, times[backend].core),
    timeRow(`${backend}: the whole prune call, a new model built`, times[backend].prune),
  ]);
  if (!python) return rows;
  rows.push(timeRow('PyTorch: prune, written plainly', torch.prune));
  rows.push(timeRow('PyTorch: prune, its fastest way', torch.fast));
  if (torchPruning) rows.push(timeRow("Torch-Pruning: the pruner's step", torch.step));
  for (const backend of engines) {
    const { core, prune } = times[backend];
    rows.push(ratioRow(`${backend}: norms + ranking + slicing / PyTorch plainly`, [core, torch.prune], { most: 0.7 })); // biome-ignore format: one line
    rows.push(ratioRow(`${backend}: norms + ranking + slicing / PyTorch's fastest`, [core, torch.fast], { most: 1 })); // biome-ignore format: one line
    if (torchPruning) rows.push(ratioRow(`${backend}: prune call / Torch-Pruning's step`, [prune, torch.step], { most: 0.2 })); // biome-ignore format: one line
  }
  return rows;
}

async function forward(engines: BackendName[]): Promise<Row[]> {
  const times = Object.fromEntries(engines.map((backend) => [backend, emptyTimes()]));
  const oneDnn = emptyTimes();
  const torch = { full: [] as number[], pruned: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const backend of engines) {
      const forwardRepeat = backend === 'native' ? 5 : 1;
      append(times[backend], runEngine({ backend, percent, forwardRepeat, size: SIZE }));
    }
    if (engines.includes('native')) {
      const task = { backend: 'native' as const, percent, forwardRepeat: 2, size: SIZE };
      append(oneDnn, runEngine(task, { TF_ENABLE_ONEDNN_OPTS: '1' }));
    }
    if (!python) continue;
    const result = runTorch(python, percent, 5);
    torch.full.push(result.forward.median * 1000);
    torch.pruned.push(result.forward_pruned.median * 1000);
  }
  const fewer = multiplyAddsRatio();
  const rows = engines.flatMap((backend) => {
    const { full, pruned } = times[backend];
    return [
      timeRow(`${backend}: before pruning`, full),
      timeRow(`${backend}: after pruning`, pruned),
      ratioRow(`${backend}: speed-up (${fewer.toFixed(2)} times fewer multiply-adds)`, [full, pruned], { least: 3.8 }), // biome-ignore format: one line
    ];
  });
  if (engines.includes('native')) {
    rows.push(timeRow('native with TF_ENABLE_ONEDNN_OPTS=1: before pruning', oneDnn.full));
    rows.push(ratioRow('native: oneDNN on / off, which is why it is off', [oneDnn.full, times.native.full]));
  }
  if (!python) return rows;
  rows.push(timeRow('PyTorch: before pruning', torch.full));
  rows.push(timeRow('PyTorch: after pruning', torch.pruned));
  rows.push(ratioRow('PyTorch: speed-up', [torch.full, torch.pruned]));
  for (const backend of engines) {
    const goal = backend === 'native' ? { most: 1.1 } : {};
    rows.push(ratioRow(`${backend} / PyTorch, before pruning`, [times[backend].full, torch.full], goal));
    rows.push(ratioRow(`${backend} / PyTorch, after pruning`, [times[backend].pruned, torch.pruned], goal));
  }
  return rows;
}

function multiplyAddsRatio(): number {
  const net = eightConvNet({ inputSize: SIZE });
  const small = prune(net, { percent, pruneOutputs: true });
  const ratio = multiplyAdds(net).total / multiplyAdds(small).total;
  net.dispose();
  small.dispose();
  return ratio;
}

function growth(engines: BackendName[]): Row[] {
  return engines.flatMap((backend) => {
    const exponents: number[] = [];
    const byFactor = [0.5, 1, 2].map((factor) => ({ factor, parameters: 0, prune: [] as number[] }));
    for (let round = 0; round < rounds; round++) {
      const points = byFactor.map((entry) => {
        const { parameters, prune } = runEngine({ backend, percent, repeat: 3, factor: entry.factor });
        entry.parameters = parameters;
        entry.prune.push(...prune);
        return { x: parameters, y: spread(prune).median };
      });
      exponents.push(fittedExponent(points));
    }
    const met = spread(exponents).median <= 1.1 ? 'met' : '**not met**';
    return [
      ...byFactor.map(({ parameters, prune }) =>
        timeRow(`${backend}: the prune call on ${(parameters / 1e6).toFixed(1)}M parameters`, prune),
      ),
      numberRow(`${backend}: time grows as parameters to the power of`, exponents, `at most 1.1: ${met}`),
    ];
  });
}

async function lessons(): Promise<Row[]> {
  process.env.PRUNING_BACKEND = 'wasm';
  const kernel: KernelTimes = { firstImport: [], firstChart: [], rerun: [] };
  for (let round = 0; round < rounds; round++) await measureKernel(kernel);
  const goal = (values: number[], most: number) =>
    `at most ${most} s: ${spread(values).median <= most * 1000 ? 'met' : '**not met**'}`;
  return [
    timeRow('kernel start + first import', kernel.firstImport, goal(kernel.firstImport, 3)),
    timeRow('kernel start to first chart, lesson 00', kernel.firstChart),
    timeRow('percent changed, its cell run again (100.66M)', kernel.rerun, goal(kernel.rerun, 1)),
    ...(await measureLessons()).map(({ name, seconds }) =>
      timeRow(`${name}, top to bottom through Jupyter`, [seconds * 1000], goal([seconds * 1000], 90)),
    ),
  ];
}

function repeated<T>(run: () => T): T[] {
  return Array.from({ length: rounds }, run);
}

function emptyTimes(): EngineTimes {
  return { parameters: 0, make: [], core: [], prune: [], full: [], pruned: [] };
}

function append(times: EngineTimes, { make, core, prune, full, pruned }: EngineTimes): void {
  times.make.push(...make);
  times.core.push(...core);
  times.prune.push(...prune);
  times.full.push(...full);
  times.pruned.push(...pruned);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
