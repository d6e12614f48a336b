import type { KernelAxes } from './kernelAxes';

/** The kernels of a picture: every one of these out channels with every one of these in channels, in ascending order. */
export interface PickedKernels {
  outs: number[];
  ins: number[];
}

/** Filters that are drawn at least, before in channels are left out. */
const FEWEST_FILTERS = 8;

/**
 * Chooses at most `most` kernels: of the filters asked for, or of the first ones, those of the in channels with the
 * largest L1 norm over these filters.
 *
 * @throws RangeError when `most` or `filters` cannot be used; the message says why.
 */
export function pickKernels(
  values: ArrayLike<number>,
  axes: KernelAxes,
  { filters, most }: { filters?: readonly number[]; most: number },
): PickedKernels {
  if (!Number.isInteger(most) || most < 1) {
    throw new RangeError(`Expected most to be a positive integer but found ${most}.`);
  }
  const first = Math.min(axes.outs, most, Math.max(FEWEST_FILTERS, Math.floor(most / axes.ins)));
  const outs = filters ? checked(filters, axes.outs, most) : Array.from({ length: first }, (_, out) => out);
  const all = Array.from({ length: axes.ins }, (_, channel) => channel);
  const room = Math.floor(most / outs.length);
  if (axes.ins <= room) return { outs, ins: all };
  const norms = all.map((channel) => normOver(values, axes, outs, channel));
  const ins = all.sort((a, b) => norms[b] - norms[a] || a - b).slice(0, room);
  return { outs, ins: ins.sort((a, b) => a - b) };
}

function checked(filters: readonly number[], outs: number, most: number): number[] {
  const stranger = filters.find((out) => !Number.isInteger(out) || out < 0 || out >= outs);
  if (stranger !== undefined) {
    throw new RangeError(`Expected filters to name out channels 0 to ${outs - 1} but found ${stranger}.`);
  }
  const different = new Set(filters).size;
  if (different !== filters.length || different < 1 || different > most) {
    throw new RangeError(
      `Expected filters to name 1 to ${most} different out channels but found [${filters.join(', ')}].`,
    );
  }
  return [...filters].sort((a, b) => a - b);
}

/** The L1 norm of an in channel's kernels in the filters shown. */
function normOver(
  values: ArrayLike<number>,
  { positions, ins, outs: all }: KernelAxes,
  outs: readonly number[],
  channel: number,
): number {
  let sum = 0;
  for (let position = 0; position < positions; position++) {
    for (const out of outs) sum += Math.abs(values[(position * ins + channel) * all + out]);
  }
  return sum;
}
