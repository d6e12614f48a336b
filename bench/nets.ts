import { appendTimes, emptyTimes, runEngine } from './engine';
import type { Settings } from './settings';
import { type Row, ratioRow, timeRow } from './table';
import { hasPackage, runTorchPruning, type TorchPruningTimes } from './torch';

const NETS = { vgg16bn: 'VGG-16-BN', resnet50: 'ResNet-50' } as const;
const count = new Intl.NumberFormat('en-US');

/**
 * The whole prune call on two nets of the literature, in turn with Torch-Pruning on the same ones. Both cut the
 * convolutions and leave the classifier's outputs alone: Torch-Pruning is told to ignore it, here it is an output.
 */
export function nets(settings: Settings): Row[] {
  return (Object.keys(NETS) as (keyof typeof NETS)[]).flatMap((net) => netRows(net, settings));
}

function netRows(net: keyof typeof NETS, { engines, percent, rounds, python }: Settings): Row[] {
  const torchPruning = python !== undefined && hasPackage(python, 'torch_pruning');
  const times = Object.fromEntries(engines.map((backend) => [backend, emptyTimes()]));
  const torch = { graph: [] as number[], step: [] as number[], call: [] as number[] };
  const left = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const backend of engines) {
      appendTimes(times[backend], runEngine({ backend, percent, repeat: 5, net }));
      left.set('here', times[backend].parameters[1]);
    }
    if (!torchPruning) continue;
    const result = runTorchPruning(python, percent, net);
    requireSameNet(net, times[engines[0]].parameters[0], result);
    torch.graph.push(result.graph.median * 1000);
    torch.step.push(result.step.median * 1000);
    torch.call.push((result.graph.median + result.step.median) * 1000);
    left.set('in Torch-Pruning', result.pruned_params);
  }
  const name = NETS[net];
  const before = count.format(times[engines[0]].parameters[0]);
  const after = [...left].map(([who, parameters]) => `${count.format(parameters)} ${who}`).join(', ');
  const rows: Row[] = [
    { what: `${name}: parameters before and after`, value: `${before}; ${after}`, goal: '' },
  ];
  for (const backend of engines) {
    rows.push(timeRow(`${backend}: ${name}, the whole prune call, a new model built`, times[backend].prune));
  }
  if (!torchPruning) return rows;
  rows.push(timeRow(`Torch-Pruning: ${name}, the pruner made (its graph)`, torch.graph));
  rows.push(timeRow(`Torch-Pruning: ${name}, the pruner's step`, torch.step));
  for (const backend of engines) {
    const { prune } = times[backend];
    rows.push(ratioRow(`${backend}: ${name}, prune call / Torch-Pruning's step`, [prune, torch.step], { most: 0.2 })); // biome-ignore format: one line
    rows.push(ratioRow(`${backend}: ${name}, prune call / Torch-Pruning's graph and step`, [prune, torch.call])); // biome-ignore format: one line
  }
  return rows;
}

/** @throws Error when the two nets are not the same size: the times could not be compared. */
function requireSameNet(net: string, parameters: number, { params }: TorchPruningTimes): void {
  if (parameters === params) return;
  throw new Error(`${net} has ${parameters} parameters here, but ${params} in torch_pruning_reference.py.`);
}
