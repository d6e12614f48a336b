import { boxEdges, boxEncoding, boxTexts, channelsOf, placeOf, project } from './box3d';
import { type ChartSpec, chart, DIVERGING_DOTS, divergingScale } from './chart';
import { describeScatter, largest } from './describeScatter';
import { PICTURE_ONLY } from './isPictureOnly';
import { sampleWeights } from './sampleWeights';

/**
 * The dots of `weightScatter3d` as a picture that needs no WebGL: an orthographic projection, far dots drawn first.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, and for NaN and infinite weights.
 */
export function weightScatterStill(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title }: { title: string },
): ChartSpec {
  const sample = sampleWeights(values, shape);
  const { outs, ins, positions } = sample.axes;
  const dots = sample.points
    .map(({ out, in: channel, position, value }) => ({
      ...project([placeOf(out, outs), placeOf(channel, ins), placeOf(position, positions)]),
      w: value,
    }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ u, v, w }) => ({ u, v, w }));
  const color = {
    field: 'w',
    type: 'quantitative',
    scale: divergingScale(largest(sample), DIVERGING_DOTS),
    title: 'weight',
    legend: { gradientLength: 220 },
  };
  return chart(describeScatter(title, sample), {
    ...PICTURE_ONLY,
    title: { text: title, subtitle: sample.rule.split(': ') },
    width: 560,
    height: 360,
    layer: [
      boxEdges(),
      {
        data: { values: dots },
        mark: { type: 'circle', size: dots.length > 1000 ? 18 : 30, opacity: 1 },
        encoding: { ...boxEncoding(), color },
      },
      boxTexts([
        channelsOf('out channel', outs),
        channelsOf('in channel', ins),
        channelsOf('kernel position', positions),
      ]),
    ],
  });
}
