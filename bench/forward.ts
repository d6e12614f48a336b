import { eightConvNet, multiplyAdds, prune } from '../src/index';
import { appendTimes, emptyTimes, runEngine } from './engine';
import type { Settings } from './settings';
import { type Row, ratioRow, timeRow } from './table';
import { runTorch } from './torch';

/** Pixels of a side of the input. */
export const SIZE = 32;

export function forward({ engines, percent, rounds, python }: Settings): Row[] {
  const times = Object.fromEntries(engines.map((backend) => [backend, emptyTimes()]));
  const oneDnn = emptyTimes();
  const torch = { full: [] as number[], pruned: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const backend of engines) {
      const forwardRepeat = backend === 'native' ? 5 : 1;
      appendTimes(times[backend], runEngine({ backend, percent, forwardRepeat, size: SIZE }));
    }
    if (engines.includes('native')) {
      const task = { backend: 'native' as const, percent, forwardRepeat: 2, size: SIZE };
      appendTimes(oneDnn, runEngine(task, { TF_ENABLE_ONEDNN_OPTS: '1' }));
    }
    if (!python) continue;
    const result = runTorch(python, percent, 5);
    torch.full.push(result.forward.median * 1000);
    torch.pruned.push(result.forward_pruned.median * 1000);
  }
  const fewer = multiplyAddsRatio(percent);
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

function multiplyAddsRatio(percent: number): number {
  const net = eightConvNet({ inputSize: SIZE });
  const small = prune(net, { percent, pruneOutputs: true });
  const ratio = multiplyAdds(net).total / multiplyAdds(small).total;
  net.dispose();
  small.dispose();
  return ratio;
}
