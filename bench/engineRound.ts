/**
 * One engine, one round, in a process of its own, told by one JSON argument; prints one JSON object. A process of
 * its own, because an engine keeps what it has grown to, and because peak memory is a figure of a process.
 */
import { eightConvNet, latencyPair, ORIGINAL_WIDTHS, prune, tf, useBackend } from '../src/index';
import { l1Norms } from '../src/pruning/l1Norms';
import { layerWeight } from '../src/pruning/layerWeight';
import { cutCount, rank } from '../src/pruning/rank';
import { sliceTensor } from '../src/pruning/sliceTensor';
import { type EngineTask, type EngineTimes, emptyTimes } from './engine';

async function main(): Promise<void> {
  const task: EngineTask = JSON.parse(process.argv[2]);
  await useBackend(task.backend);
  console.log(JSON.stringify(task.memory ? peakMemory(task) : await times(task)));
}

function timed<T>(run: () => T, times: number[]): T {
  const start = performance.now();
  const result = run();
  times.push(performance.now() - start);
  return result;
}

async function times({ percent, repeat, forwardRepeat, size, factor }: EngineTask): Promise<EngineTimes> {
  const result = emptyTimes();
  const widths = ORIGINAL_WIDTHS.map((width) => Math.round(width * factor));
  const net = timed(() => eightConvNet({ inputSize: size, widths }), result.make);
  result.parameters = net.countParams();
  const options = { percent, pruneOutputs: true };
  const small = prune(net, options); // warm: compiled code, grown heap
  for (let run = 0; run < repeat; run++) {
    tf.dispose(timed(() => normsRankingSlicing(net, widths, percent), result.core));
    timed(() => prune(net, options), result.prune).dispose();
  }
  if (forwardRepeat > 0) {
    const { before, after } = await latencyPair(net, small, { repeats: forwardRepeat });
    result.full.push(...before.times);
    result.pruned.push(...after.times);
  }
  return result;
}

/** What the references' `prune` does, without building a model around the weights. */
function normsRankingSlicing(net: tf.LayersModel, widths: number[], percent: number): tf.Tensor[] {
  let keptIn: Int32Array | undefined;
  return widths.map((width, index) => {
    const name = `conv${index + 1}`;
    const keptOut = Int32Array.from(rank(l1Norms(net, name), cutCount(width, percent)).keep);
    const sliced = sliceTensor(layerWeight(net, name, 'kernel'), [undefined, undefined, keptIn, keptOut]);
    keptIn = keptOut;
    return sliced;
  });
}

/** @returns the peak above the process, as a multiple of the weights before and after. */
function peakMemory({ percent }: EngineTask): { times: number } {
  const bytes = () => process.resourceUsage().maxRSS * 1024;
  eightConvNet({ inputSize: 8, widths: [8, 8] }).dispose();
  const start = bytes();
  const net = eightConvNet({ inputSize: 8 });
  const small = prune(net, { percent, pruneOutputs: true });
  return { times: (bytes() - start) / (4 * (net.countParams() + small.countParams())) };
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
