/**
 * How long and how much memory pruning takes:
 *
 *     npm run bench                                  this library
 *     npm run bench -- --python path/to/python       beside PyTorch, where that Python has torch
 *     npm run bench -- --backend wasm --repeat 9
 *
 * Every figure is a median with minimum and maximum. PyTorch runs in turn with the library, round by round, so
 * that both see the same machine.
 */
import { execFileSync } from 'node:child_process';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import {
  type BackendName,
  backendLine,
  eightConvNet,
  ORIGINAL_WIDTHS,
  prune,
  tf,
  useBackend,
} from '../src/index';
import { l1Norms } from '../src/pruning/l1Norms';
import { layerWeight } from '../src/pruning/layerWeight';
import { cutCount, rank } from '../src/pruning/rank';
import { sliceTensor } from '../src/pruning/sliceTensor';
import { fittedExponent, line, type Spread, spread } from './statistics';

const ROUNDS = 3;
const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    backend: { type: 'string' },
    repeat: { type: 'string', default: '5' },
    percent: { type: 'string', default: '0.5' },
    memory: { type: 'boolean', default: false },
  },
});
const percent = Number(options.percent);
const repeat = Number(options.repeat);

async function main(): Promise<void> {
  const engine = backendLine(await useBackend(options.backend as BackendName | undefined));
  if (options.memory) return printMemory();
  const memory = memoryInFreshProcess(); // first: on Linux a child inherits its parent's peak
  console.log(
    `${os.cpus()[0].model}, ${os.cpus().length} cores, Node ${process.version}, ${process.platform}`,
  );
  console.log(
    `${engine}\npercent ${percent}, ${ROUNDS} rounds of ${repeat} runs: median (minimum to maximum)\n`,
  );
  const ours = { make: [] as number[], core: [] as number[], prune: [] as number[] };
  const torch = { prune: [] as number[], prune_fast: [] as number[], peak: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    measureOurs(ours);
    if (options.python) measureTorch(options.python, torch);
  }
  console.log(line('make the net, 100.66M parameters', spread(ours.make)));
  const core = spread(ours.core);
  console.log(line('norms + ranking + slicing', core));
  console.log(line('the whole prune call, a new model built', spread(ours.prune)));
  if (options.python) printTorch(core, torch);
  console.log(`\n${memory}\n`);
  printGrowth();
}

function timed<T>(run: () => T, times: number[]): T {
  const start = performance.now();
  const result = run();
  times.push(performance.now() - start);
  return result;
}

function measureOurs(times: { make: number[]; core: number[]; prune: number[] }): void {
  const net = timed(() => eightConvNet({ inputSize: 8 }), times.make);
  prune(net, { percent, pruneOutputs: true }).dispose(); // warm: compiled code, grown heap
  for (let run = 0; run < repeat; run++) {
    tf.dispose(timed(() => normsRankingSlicing(net), times.core));
    timed(() => prune(net, { percent, pruneOutputs: true }), times.prune).dispose();
  }
  net.dispose();
}

/** What the reference's `prune` does, without building a model around the weights. */
function normsRankingSlicing(net: tf.LayersModel): tf.Tensor[] {
  let keptIn: Int32Array | undefined;
  return ORIGINAL_WIDTHS.map((width, index) => {
    const name = `conv${index + 1}`;
    const keptOut = Int32Array.from(rank(l1Norms(net, name), cutCount(width, percent)).keep);
    const sliced = sliceTensor(layerWeight(net, name, 'kernel'), [undefined, undefined, keptIn, keptOut]);
    keptIn = keptOut;
    return sliced;
  });
}

function measureTorch(
  python: string,
  seconds: { prune: number[]; prune_fast: number[]; peak: number },
): void {
  const script = path.join(__dirname, 'pytorch_reference.py');
  const args = [script, 'time', '--percent', `${percent}`, '--repeat', `${repeat}`, '--size', '8'];
  const result = JSON.parse(execFileSync(python, args, { encoding: 'utf8' }));
  for (const name of ['prune', 'prune_fast'] as const) {
    seconds[name].push(result[name].median * 1000);
  }
  seconds.peak = result.peak_mb;
}

function printTorch(core: Spread, torch: { prune: number[]; prune_fast: number[]; peak: number }): void {
  const plain = spread(torch.prune);
  const fast = spread(torch.prune_fast);
  console.log(line("PyTorch's prune, written plainly", plain));
  console.log(line("PyTorch's prune, its fastest way", fast));
  console.log(`norms + ranking + slicing is ${(core.median / plain.median).toFixed(2)} of the plain way`);
  console.log(`norms + ranking + slicing is ${(core.median / fast.median).toFixed(2)} of the fastest way`);
  console.log(`PyTorch's process: ${torch.peak.toFixed(0)} MB at its peak`);
}

/** Peak memory is a figure of a process, so a new one does nothing but make the net and prune it once. */
function memoryInFreshProcess(): string {
  const args = [...process.execArgv, __filename, '--memory', '--percent', `${percent}`];
  if (options.backend) args.push('--backend', options.backend);
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
}

function printMemory(): void {
  const megabytes = () => process.resourceUsage().maxRSS / 1024;
  eightConvNet({ inputSize: 8, widths: [8, 8] }).dispose();
  const start = megabytes();
  const net = eightConvNet({ inputSize: 8 });
  const small = prune(net, { percent, pruneOutputs: true });
  const weights = (4 * (net.countParams() + small.countParams())) / 2 ** 20;
  const peak = megabytes() - start;
  console.log(
    `peak memory: ${peak.toFixed(0)} MB above the ${start.toFixed(0)} MB of the process, for ${weights.toFixed(0)} MB ` +
      `of weights before and after: ${(peak / weights).toFixed(2)} times`,
  );
}

function printGrowth(): void {
  const points = [0.1, 0.2, 0.5, 1, 2].map((factor) => {
    const net = eightConvNet({
      inputSize: 8,
      widths: ORIGINAL_WIDTHS.map((width) => Math.round(width * factor)),
    });
    const times: number[] = [];
    prune(net, { percent, pruneOutputs: true }).dispose();
    for (let run = 0; run < repeat; run++) {
      timed(() => prune(net, { percent, pruneOutputs: true }), times).dispose();
    }
    const point = { x: net.countParams(), y: spread(times).median };
    console.log(line(`prune ${(point.x / 1e6).toFixed(1)}M parameters`, spread(times)));
    net.dispose();
    return point;
  });
  console.log(`prune grows with the parameters to the power of ${fittedExponent(points).toFixed(2)}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
