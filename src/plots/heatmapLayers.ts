import type { BlockTable } from './blockExtremes';
import { divergingPng } from './divergingPng';
import { outAxis, pairAxis, weightColour } from './heatmapFrame';
import type { KernelAxes } from './kernelAxes';
import { numberList } from './numberList';

/** Size of a heatmap in pixels, and how many pixels a picture has for one of a chart (`renderPng`). */
const WIDTH = 576;
const HEIGHT = 342;
const PICTURE_SCALE = 1.5;

export interface HeatmapLayers {
  width: number;
  height: number;
  layer: object[];
}

/** Every weight as a rectangle with a tooltip: for tables whose cells are no thinner than a pixel. */
export function heatmapCells(table: BlockTable, axes: KernelAxes, limit: number): HeatmapLayers {
  const { positions, ins, outs } = axes;
  const pairs = ins * positions;
  const { width, height } = size(outs, pairs);
  const cells = {
    // The cells travel as a bare list of numbers; row and column follow from a number's place in it.
    data: numberList(table.values),
    transform: [
      { window: [{ op: 'row_number', as: 'nth' }] },
      { calculate: `floor((datum.nth - 1) / ${pairs})`, as: 'out' },
      { calculate: `(datum.nth - 1) % ${pairs}`, as: 'pair' },
      // Half a pixel more, which the next cell covers: else the page shines through where cells meet.
      { calculate: `datum.out + ${1 + outs / height / 2}`, as: 'outEdge' },
      { calculate: `datum.pair + ${1 + pairs / width / 2}`, as: 'pairEdge' },
      { calculate: `floor(datum.pair / ${positions})`, as: 'in' },
      { calculate: `datum.pair % ${positions}`, as: 'position' },
    ],
    mark: { type: 'rect', clip: true },
    encoding: {
      x: { field: 'pair', ...pairAxis(axes, pairs) },
      x2: { field: 'pairEdge' },
      y: { field: 'out', ...outAxis(axes, outs) },
      y2: { field: 'outEdge' },
      color: weightColour(limit),
      tooltip: [
        { field: 'out', type: 'quantitative', title: 'out channel' },
        { field: 'in', type: 'quantitative', title: 'in channel' },
        { field: 'position', type: 'quantitative', title: 'kernel position' },
        { field: 'data', type: 'quantitative', title: 'weight' },
      ],
    },
  };
  return { width, height, layer: [cells] };
}

/** The whole table as one image: no more work for a hundred thousand cells than for ten. */
export function heatmapPixels(table: BlockTable, axes: KernelAxes, limit: number): HeatmapLayers {
  const { rows, columns, outsPerRow, pairsPerColumn } = table;
  const across = columns * pairsPerColumn;
  const down = rows * outsPerRow;
  const image = {
    data: { values: [{}] },
    mark: { type: 'image', aspect: false, style: 'pixels', url: divergingPng(table.values, columns, limit) },
    encoding: {
      x: { datum: 0, ...pairAxis(axes, across) },
      x2: { datum: across },
      y: { datum: 0, ...outAxis(axes, down) },
      y2: { datum: down },
    },
  };
  // An image has no legend: two points that cannot be seen have it.
  const legend = {
    data: { values: [-limit, limit].map((data) => ({ data })) },
    mark: { type: 'point', size: 0, strokeWidth: 0, opacity: 1 },
    encoding: { color: weightColour(limit) },
  };
  return { ...size(rows, columns), layer: [image, legend] };
}

function size(rows: number, columns: number): { width: number; height: number } {
  return {
    width: columns * cellSize(WIDTH / columns),
    height: Math.max(60, rows * cellSize(Math.min(HEIGHT / rows, 12))),
  };
}

/** The size of a cell that fits, as whole pixels of the picture where it has at least two: else cells differ in width. */
function cellSize(most: number): number {
  const whole = Math.floor(most * PICTURE_SCALE);
  return whole >= 2 ? whole / PICTURE_SCALE : most;
}
