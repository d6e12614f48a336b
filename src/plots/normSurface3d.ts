import { describeNorms, kernelNorms } from './kernelNorms';
import { normSurfaceStill } from './normSurfaceStill';
import { channelAxis, type PlotlyFigure, sceneLayout } from './plotlyFigure';

/**
 * The L1 norm of every kernel of a layer as a surface over out channel and in channel, for Plotly: a weak filter is a
 * valley across, an in channel that nobody reads a valley along. In larger layers than 64 x 64 each point is
 * the largest norm of a block, and the title says of which.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, and for NaN and infinite weights.
 */
export function normSurface3d(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title }: { title: string },
): PlotlyFigure {
  const table = kernelNorms(values, shape);
  const { norms, insPerRow, outsPerColumn, axes } = table;
  const z = twice(norms).map(twice);
  const top = Math.max(...norms.flat());
  const hover = (kind: string, size: number, all: number, at: string): string =>
    all === 1
      ? `${kind} channel 0`
      : size === 1
        ? `${kind} channel ${at}`
        : `${size} ${kind} channels from ${at}`;
  return {
    description: describeNorms(title, table),
    data: [
      {
        type: 'surface',
        x: places(norms[0].length, outsPerColumn),
        y: places(norms.length, insPerRow),
        z,
        colorscale: 'Viridis',
        colorbar: { title: { text: 'L1 norm' }, thickness: 16, len: 0.75 },
        lighting: { ambient: 0.75, diffuse: 0.5, specular: 0.05 },
        hovertemplate: `${hover('out', outsPerColumn, axes.outs, '%{x}')}<br>${hover('in', insPerRow, axes.ins, '%{y}')}<br>${insPerRow * outsPerColumn > 1 ? 'largest ' : ''}L1 norm %{z}<extra></extra>`,
      },
    ],
    layout: sceneLayout(title, table.rule, {
      xaxis: channelAxis('out channel', axes.outs),
      yaxis: channelAxis('in channel', axes.ins),
      zaxis: { title: { text: 'L1 norm of a kernel' }, range: [0, top > 0 ? top * 1.02 : 1] },
    }),
    still: normSurfaceStill(values, shape, { title }),
  };
}

/** First channels of the blocks. A single one becomes the two edges of a ribbon: a surface has no width otherwise. */
function places(count: number, size: number): number[] {
  return count === 1 ? [-0.4, 0.4] : Array.from({ length: count }, (_, i) => i * size);
}

function twice<T>(list: T[]): T[] {
  return list.length === 1 ? [list[0], list[0]] : list;
}
