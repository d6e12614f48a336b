import { boxEdges, boxEncoding, boxTexts, channelsOf, project } from './box3d';
import { type ChartSpec, chart } from './chart';
import { PICTURE_ONLY } from './isPictureOnly';
import { describeNorms, kernelNorms } from './kernelNorms';
import { shortText } from './numberText';

/** A patch of the surface: its corners on the page, its mean norm, its distance from the eye. */
interface Patch {
  u: number[];
  v: number[];
  norm: number;
  depth: number;
}

/**
 * The surface of `normSurface3d` as a picture that needs no WebGL: an orthographic projection, far patches drawn first.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values, and for NaN and infinite weights.
 */
export function normSurfaceStill(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title }: { title: string },
): ChartSpec {
  const table = kernelNorms(values, shape);
  const top = Math.max(...table.norms.flat()) || 1;
  const { outs, ins } = table.axes;
  return chart(describeNorms(title, table), {
    ...PICTURE_ONLY,
    title: { text: title, subtitle: table.rule.split(': ') },
    width: 560,
    height: 360,
    layer: [
      boxEdges(),
      surface(table.norms, top),
      boxTexts([
        channelsOf('out channel', outs),
        channelsOf('in channel', ins),
        { name: 'L1 norm of a kernel', from: '0', to: shortText(top) },
      ]),
    ],
  });
}

function surface(norms: number[][], top: number): object {
  const low = Math.min(...norms.flat());
  const patches = patchesOf(norms, top).sort((a, b) => b.depth - a.depth);
  return {
    data: { values: patches.map(({ u, v, norm }, patch) => ({ u, v, norm, patch })) },
    transform: [{ flatten: ['u', 'v'] }],
    mark: {
      type: 'line',
      filled: true,
      interpolate: 'linear-closed',
      opacity: 1,
      // A fine net over the surface where there is room for one; else only what closes the seams.
      strokeJoin: 'round',
      ...(patches.length <= 1024 ? { strokeWidth: 0.5, stroke: '#ffffff' } : { strokeWidth: 0.4 }),
    },
    encoding: {
      ...boxEncoding(),
      // The corners come in their order, and so do the patches.
      order: { value: null },
      detail: { field: 'patch' },
      color: {
        field: 'norm',
        type: 'quantitative',
        // From the lowest norm to the highest, as Plotly does; a patch has the mean of its corners.
        scale: { scheme: 'viridis', domain: [low, top] },
        title: 'L1 norm',
        legend: { type: 'gradient', gradientLength: 220 },
      },
    },
  };
}

/** One patch between each four neighbours; a single row or column of norms becomes a ribbon. */
function patchesOf(norms: number[][], top: number): Patch[] {
  const [rows, columns] = [Math.max(norms.length, 2), Math.max(norms[0].length, 2)];
  const normAt = (row: number, column: number): number =>
    norms[Math.min(row, norms.length - 1)][Math.min(column, norms[0].length - 1)];
  return Array.from({ length: (rows - 1) * (columns - 1) }, (_, i) => {
    const [row, column] = [Math.floor(i / (columns - 1)), i % (columns - 1)];
    const corners = [
      [row, column],
      [row, column + 1],
      [row + 1, column + 1],
      [row + 1, column],
    ].map(([r, c]) => ({
      ...project([c / (columns - 1), r / (rows - 1), normAt(r, c) / top]),
      // What is nearer does not depend on the height: the floor decides which patch covers which.
      floor: project([c / (columns - 1), r / (rows - 1), 0]).depth,
      norm: normAt(r, c),
    }));
    const mean = (key: 'norm' | 'floor'): number => corners.reduce((sum, corner) => sum + corner[key], 0) / 4;
    return {
      u: corners.map(({ u }) => u),
      v: corners.map(({ v }) => v),
      norm: mean('norm'),
      depth: mean('floor'),
    };
  });
}
