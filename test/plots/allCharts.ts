import { channelNorms } from '../../src/plots/channelNorms';
import type { ChartSpec } from '../../src/plots/chart';
import { filterHeatmaps } from '../../src/plots/filterHeatmaps';
import { groupGraph } from '../../src/plots/groupGraph';
import { latencyBars } from '../../src/plots/latencyBars';
import { netImportance } from '../../src/plots/netImportance';
import { normSurfaceStill } from '../../src/plots/normSurfaceStill';
import { percentCurves } from '../../src/plots/percentCurves';
import { planStrips } from '../../src/plots/planStrips';
import { sweepCurve } from '../../src/plots/sweepCurve';
import { weightHeatmap } from '../../src/plots/weightHeatmap';
import { weightHistogram } from '../../src/plots/weightHistogram';
import { weightScatterStill } from '../../src/plots/weightScatterStill';
import { widthsBeforeAfter } from '../../src/plots/widthsBeforeAfter';
import type { ChannelTrace } from '../../src/pruning/traceChannels';
import { plannedChain } from './plannedChain';

/** Repeatable numbers in [-bound, bound). */
export function numbers(count: number, bound = 1): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return ((state / 2 ** 31) * 2 - 1) * bound;
  });
}

const kernel = numbers(3 * 3 * 3 * 32, 0.19);
const shape = [3, 3, 3, 32];
const large = numbers(3 * 3 * 64 * 128, 0.04);
const largeShape = [3, 3, 64, 128];
const larger = numbers(3 * 3 * 150 * 300, 0.04);

const original = plannedChain([32, 64, 128, 256, 512, 1024, 2048, 4096]);
const tiny = plannedChain([1, 3], { percent: 0.4, pruneOutputs: false });

const gated: ChannelTrace = {
  groups: [
    { name: 'conv', units: 2, members: [], sizes: [] },
    { name: 'gate', units: 1, members: [], sizes: [], notCut: 'gate is an output' },
  ],
  layers: [
    { layer: 'input', type: 'InputLayer', from: [], channels: [], whole: 'input is an input' },
    {
      layer: 'conv',
      type: 'Conv2D',
      from: [0],
      channels: [
        { group: 0, unit: 0 },
        { group: 0, unit: 1 },
      ],
    },
    { layer: 'gate', type: 'Dense', from: [1], channels: [{ group: 1, unit: 0 }] },
  ],
};

/** One chart of each kind, small and large. */
export const allCharts: Record<string, ChartSpec> = {
  histogram: weightHistogram(kernel, { title: 'conv1.weight' }),
  'histogram before and after': weightHistogram(kernel, {
    title: 'conv1.weight',
    after: kernel.slice(0, 400),
  }),
  'channel norms': channelNorms(numbers(32), { layer: 'conv1', percent: 0.5 }),
  'many channel norms': channelNorms(numbers(1000), { layer: 'conv6', percent: 0.5 }),
  'channel norms with the cost of the net': channelNorms(numbers(64), {
    ...{ layer: 'conv2', percent: 0.5, cost: original.cost },
  }),
  'net importance': netImportance(original.plan, original.cost),
  'tiny net importance': netImportance(tiny.plan, tiny.cost),
  'plan strips': planStrips(original.plan, original.groups),
  'tiny plan strips': planStrips(tiny.plan, tiny.groups),
  heatmap: weightHeatmap(kernel, shape, { title: 'conv1.weight' }),
  'heatmap with cut channels': weightHeatmap(kernel, shape, { title: 'conv1.weight', cut: [0, 5, 31] }),
  'large heatmap': weightHeatmap(large, largeShape, { title: 'conv3.weight', cut: [0, 1, 2] }),
  'scatter still': weightScatterStill(kernel, shape, { title: 'conv1.weight' }),
  'large scatter still': weightScatterStill(large, largeShape, { title: 'conv3.weight' }),
  'heatmap of blocks': weightHeatmap(larger, [3, 3, 150, 300], { title: 'conv4.weight', cut: [7, 8, 9] }),
  'filter tiles': filterHeatmaps(kernel, shape, { title: 'conv1.weight' }),
  'tiles of one filter of many channels': filterHeatmaps(larger, [3, 3, 150, 300], {
    title: 'conv4.weight',
    filters: [299],
  }),
  'norm surface': normSurfaceStill(kernel, shape, { title: 'conv1.weight' }),
  'large norm surface': normSurfaceStill(larger, [3, 3, 150, 300], { title: 'conv4.weight' }),
  'group graph': groupGraph(gated),
  sweep: sweepCurve([
    { percent: 0, left: 1 },
    { percent: 0.5, left: 0.2501 },
  ]),
  'percent curves': percentCurves(
    [
      {
        name: 'L1',
        points: [
          { percent: 0.1, share: 0.97 },
          { percent: 0.5, share: 0.6 },
        ],
      },
      {
        name: 'random',
        points: [
          { percent: 0.1, share: 0.8, low: 0.6, high: 0.9 },
          { percent: 0.5, share: 0.2, low: 0.1, high: 0.3 },
        ],
      },
    ],
    { title: 'Accuracy after cutting', y: 'digits recognised (%)' },
  ),
  widths: widthsBeforeAfter([
    { layer: 'conv1', before: 32, after: 16 },
    { layer: 'conv2', before: 64, after: 32 },
  ]),
  'parameters on a logarithmic axis': widthsBeforeAfter(
    [
      { layer: 'conv1', before: 864, after: 432 },
      { layer: 'conv8', before: 75497472, after: 18874368 },
    ],
    { unit: 'parameters' },
  ),
  latency: latencyBars({ median: 740, min: 712, max: 801 }, { median: 181, min: 170, max: 199 }),
};
