import { DIVERGING_DOTS } from './chart';
import { describeScatter, largest } from './describeScatter';
import { channelAxis, type PlotlyFigure, sceneLayout } from './plotlyFigure';
import { sampleWeights } from './sampleWeights';
import { weightScatterStill } from './weightScatterStill';

/**
 * The original's 3D plot for Plotly: one dot a weight over out channel, in channel and kernel position, its
 * value as colour, blue below zero and red above. Large layers are sampled; the title says how.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, and for NaN and infinite weights.
 */
export function weightScatter3d(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title }: { title: string },
): PlotlyFigure {
  const sample = sampleWeights(values, shape);
  const limit = largest(sample);
  const { outs, ins, positions } = sample.axes;
  return {
    description: describeScatter(title, sample),
    data: [
      {
        type: 'scatter3d',
        mode: 'markers',
        x: sample.points.map((point) => point.out),
        y: sample.points.map((point) => point.in),
        z: sample.points.map((point) => point.position),
        marker: {
          size: sample.points.length > 1000 ? 3 : 4,
          color: sample.points.map((point) => point.value),
          cmin: -limit,
          cmax: limit,
          colorscale: DIVERGING_DOTS.map((colour, i) => [i / (DIVERGING_DOTS.length - 1), colour]),
          colorbar: { title: { text: 'weight' }, thickness: 16, len: 0.75 },
        },
        hovertemplate:
          'out channel %{x}<br>in channel %{y}<br>kernel position %{z}<br>weight %{marker.color}<extra></extra>',
      },
    ],
    layout: sceneLayout(title, sample.rule, {
      xaxis: channelAxis('out channel', outs),
      yaxis: channelAxis('in channel', ins),
      zaxis: channelAxis('kernel position', positions),
    }),
    still: weightScatterStill(values, shape, { title }),
  };
}
