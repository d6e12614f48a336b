import { kernelAxes } from './kernelAxes';
import { notFinite } from './notFinite';
import { countText, plural, significant } from './numberText';
import { strongest } from './strongest';

/** One weight with its place: the point of a 3D scatter. */
export interface WeightPoint {
  out: number;
  in: number;
  /** Kernel position, kh * width + kw: 0..8 for a 3x3 kernel. */
  position: number;
  value: number;
}

export interface WeightSample {
  points: WeightPoint[];
  /** Sizes of the whole layer. */
  axes: { outs: number; ins: number; positions: number };
  /** 'all 864 weights', or how many of how many and by which rule. */
  rule: string;
}

/** More dots than this hide each other, and make a page slow. */
const MOST_POINTS = 2500;
/** Weights that are shown whatever the sample is: a thin sample would nearly always miss the extremes. */
const EXTREMES = 50;

/**
 * The weights that a scatter shows: all of a small layer; of a large one every k-th out and every j-th in
 * channel with all kernel positions, k and j powers of two, the axis that still shows more channels thinned first;
 * and of the whole layer the 50 weights of largest magnitude, so that the sample hides no extreme.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, and for NaN and infinite weights.
 */
export function sampleWeights(values: ArrayLike<number>, shape: readonly number[]): WeightSample {
  const axes = kernelAxes(values.length, shape);
  const { outs, ins, positions } = axes;
  let outStep = 1;
  let inStep = 1;
  const shown = (): [number, number] => [Math.ceil(outs / outStep), Math.ceil(ins / inStep)];
  for (let [o, i] = shown(); o * i * positions > MOST_POINTS && o * i > 1; [o, i] = shown()) {
    if (o >= i) outStep *= 2;
    else inStep *= 2;
  }
  const pointAt = (place: number): WeightPoint => {
    const pair = Math.floor(place / outs);
    const at = { out: place % outs, in: pair % ins, position: Math.floor(pair / ins) };
    return { ...at, value: significant(values[place]) };
  };
  const places = new Set<number>();
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < ins; i += inStep) {
      for (let out = 0; out < outs; out += outStep) places.add((position * ins + i) * outs + out);
    }
  }
  if (outStep * inStep > 1) for (const place of strongest(values, EXTREMES)) places.add(place);
  const points = Array.from(places, pointAt);
  if (!points.every(({ value }) => Number.isFinite(value))) throw notFinite();
  return { points, axes, rule: ruleText(points.length, values.length, outStep, inStep) };
}

function ruleText(shown: number, count: number, outStep: number, inStep: number): string {
  if (outStep * inStep === 1) return `all ${plural(count, 'weight')}`;
  const steps = [
    ...(outStep > 1 ? [`every ${ordinal(outStep)} out channel`] : []),
    ...(inStep > 1 ? [`every ${ordinal(inStep)} in channel`] : []),
  ];
  return `${countText(shown)} of ${countText(count)} weights: ${steps.join(', ')}, and the ${EXTREMES} of largest magnitude`;
}

/** 2 -> '2nd'; only powers of two come here, so 11th, 21st, 3rd do not. */
function ordinal(step: number): string {
  const isSecond = step % 10 === 2 && step % 100 !== 12;
  return `${step}${isSecond ? 'nd' : 'th'}`;
}
