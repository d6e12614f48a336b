import { appendTimes, emptyTimes, runEngine } from './engine';
import type { Settings } from './settings';
import { type Row, ratioRow, timeRow } from './table';
import { hasPackage, runTorch, runTorchPruning } from './torch';

export function pruning({ engines, percent, rounds, python }: Settings): Row[] {
  const torchPruning = python !== undefined && hasPackage(python, 'torch_pruning');
  const times = Object.fromEntries(engines.map((backend) => [backend, emptyTimes()]));
  const torch = { prune: [] as number[], fast: [] as number[], step: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const backend of engines) appendTimes(times[backend], runEngine({ backend, percent, repeat: 5 }));
    if (python) {
      const result = runTorch(python, percent, 5);
      torch.prune.push(result.prune.median * 1000);
      torch.fast.push(result.prune_fast.median * 1000);
    }
    if (python && torchPruning) torch.step.push(runTorchPruning(python, percent, 'eight').step.median * 1000);
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
