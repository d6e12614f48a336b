import { type KernelAxes, kernelAxes } from './kernelAxes';
import { notFinite } from './notFinite';
import { countText, plural, significant } from './numberText';

/** The L1 norms of a layer's kernels as a table: one row an in channel, one column an out channel, or blocks of them. */
export interface NormTable {
  axes: KernelAxes;
  /** Channels of a row and of a column; the last may hold fewer. */
  insPerRow: number;
  outsPerColumn: number;
  /** `norms[row][column]`, to four digits. */
  norms: number[][];
  /** 'all 96 kernels', or how many of how many and by which rule. */
  rule: string;
}

/** More rows or columns than these are thinner than what the eye follows on a surface. */
const MOST = 64;

/**
 * The L1 norm of each kernel of a layer: the sum over kernel positions of |w|, for every out channel and in
 * channel. In larger layers than 64 x 64 a number is the largest norm of a block, so that no strong kernel is hidden.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, and for NaN and infinite weights.
 */
export function kernelNorms(values: ArrayLike<number>, shape: readonly number[]): NormTable {
  const axes = kernelAxes(values.length, shape);
  const { positions, ins, outs } = axes;
  const insPerRow = Math.ceil(ins / MOST);
  const outsPerColumn = Math.ceil(outs / MOST);
  const columns = Math.ceil(outs / outsPerColumn);
  const norms = Array.from({ length: Math.ceil(ins / insPerRow) }, () => new Array<number>(columns).fill(0));
  const sums = new Float64Array(outs);
  for (let channel = 0; channel < ins; channel++) {
    sums.fill(0);
    for (let position = 0; position < positions; position++) {
      const start = (position * ins + channel) * outs;
      for (let out = 0; out < outs; out++) sums[out] += Math.abs(values[start + out]);
    }
    const row = norms[Math.floor(channel / insPerRow)];
    for (let out = 0; out < outs; out++) {
      const column = Math.floor(out / outsPerColumn);
      if (sums[out] > row[column]) row[column] = sums[out];
      // One NaN or infinite weight is enough; neither is below infinity.
      if (!(sums[out] < Infinity)) throw notFinite();
    }
  }
  const rounded = norms.map((row) => row.map((norm) => significant(norm)));
  return {
    axes,
    insPerRow,
    outsPerColumn,
    norms: rounded,
    rule: ruleText(axes, rounded, insPerRow, outsPerColumn),
  };
}

function ruleText(
  { ins, outs }: KernelAxes,
  norms: number[][],
  insPerRow: number,
  outsPerColumn: number,
): string {
  const all = countText(ins * outs);
  if (insPerRow * outsPerColumn === 1) return `all ${plural(ins * outs, 'kernel')}`;
  const shown = countText(norms.length * norms[0].length);
  return `${shown} of ${all} kernels: the largest norm of every ${outsPerColumn} out × ${insPerRow} in channels`;
}

/** The surface in words: where the strongest and the weakest of its kernels are. */
export function describeNorms(
  title: string,
  { axes, insPerRow, outsPerColumn, norms, rule }: NormTable,
): string {
  const list = norms.flatMap((row, i) =>
    row.map((norm, k) => ({ norm, in: i * insPerRow, out: k * outsPerColumn })),
  );
  const top = list.reduce((best, item) => (item.norm > best.norm ? item : best));
  const low = list.reduce((best, item) => (item.norm < best.norm ? item : best));
  const where = (item: { in: number; out: number }): string =>
    `${blockName('out', item.out, outsPerColumn, axes.outs)}, ${blockName('in', item.in, insPerRow, axes.ins)}`;
  return `${title}: 3D surface of the L1 norm of ${rule}, over ${plural(axes.outs, 'out channel')} and ${plural(axes.ins, 'in channel')}. The highest is ${top.norm} at ${where(top)}; the lowest ${low.norm} at ${where(low)}.`;
}

/** 'out channel 5' or 'out channels 64 to 127'. */
export function blockName(kind: 'in' | 'out', first: number, size: number, all: number): string {
  const last = Math.min(first + size, all) - 1;
  return first === last ? `${kind} channel ${first}` : `${kind} channels ${first} to ${last}`;
}
