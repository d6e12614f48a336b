/**
 * One engine, one round, in a process of its own, told by one JSON argument; prints one JSON object. A process of
 * its own, because an engine keeps what it has grown to, and because peak memory is a figure of a process.
 */
import { countParameters, eightConvNet, latencyPair, prune, tf, useBackend } from '../src/index';
import { joinLayers } from '../src/pruning/joinLayers';
import { l1Norms } from '../src/pruning/l1Norms';
import { layerWeight } from '../src/pruning/layerWeight';
import { cutCount, rank } from '../src/pruning/rank';
import { sliceTensor } from '../src/pruning/sliceTensor';
import { benchNet, benchWidths } from './benchNet';
import { type EngineTask, type EngineTimes, emptyTimes } from './engine';
import { memoryAtJoin, memoryInUse } from './memoryAtJoin';
import { peakSince } from './peakSince';

async function main(): Promise<void> {
  const task: EngineTask = JSON.parse(process.argv[2]);
  await useBackend(task.backend);
  console.log(JSON.stringify(await times(task)));
}

function timed<T>(run: () => T, times: number[]): T {
  const start = performance.now();
  const result = run();
  times.push(performance.now() - start);
  return result;
}

async function times(task: EngineTask): Promise<EngineTimes> {
  const { percent, repeat, forwardRepeat } = task;
  const isEight = task.net === 'eight';
  const isChain = task.net === 'plain' || task.net === 'residual';
  const options = { percent, pruneOutputs: isEight };
  const result = emptyTimes();
  eightConvNet({ inputSize: 8, widths: [8, 8] }).dispose(); // the engine itself is not what is measured
  if (isChain) {
    const other = benchNet({ ...task, blocks: 250 }); // meanwhile V8 lets go of 60 MB that compiling has left
    memoryAtJoin(other, options);
    other.dispose();
  }
  const before = memoryInUse();
  const peak = peakSince();
  const net = timed(() => benchNet(task), result.make);
  const small = prune(net, options); // warm: compiled code, grown heap
  result.peak.push(peak());
  if (isChain) result.inUse.push(memoryAtJoin(net, options) - before);
  result.parameters = [countParameters(net), countParameters(small)];
  for (let run = 0; run < repeat; run++) {
    if (isEight) {
      tf.dispose(timed(() => normsRankingSlicing(net, benchWidths(task.factor), percent), result.core));
    }
    const pruned = timed(() => prune(net, options), result.prune);
    timed(() => joinLayers(tf.LayersModel, pruned), result.join);
    pruned.dispose();
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

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
