import { plural, shortText } from './numberText';
import type { WeightSample } from './sampleWeights';

/** The largest magnitude among the points shown, so that the colours are symmetric about zero. */
export function largest({ points }: WeightSample): number {
  return points.reduce((limit, { value }) => Math.max(limit, Math.abs(value)), 0) || 1;
}

/** What both scatters show, in words. */
export function describeScatter(title: string, sample: WeightSample): string {
  const { outs, ins, positions } = sample.axes;
  const below = sample.points.filter(({ value }) => value < 0).length;
  const top = sample.points.reduce((best, point) =>
    Math.abs(point.value) > Math.abs(best.value) ? point : best,
  );
  const share = Math.round((100 * below) / sample.points.length);
  return `${title}: 3D scatter of ${sample.rule}, over ${plural(outs, 'out channel')}, ${plural(ins, 'in channel')} and ${plural(positions, 'kernel position')}. Colour is the weight, blue below zero and red above, up to ${shortText(largest(sample))} either way; ${share} % of the dots are below zero. The largest in magnitude is ${shortText(top.value)} at out channel ${top.out}, in channel ${top.in}, kernel position ${top.position}.`;
}
