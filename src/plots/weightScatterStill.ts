import { type ChartSpec, COLOURS, chart, DIVERGING_DOTS, divergingScale } from './chart';
import { sampleWeights } from './sampleWeights';
import { describeScatter, largest } from './weightScatter3d';

type Triple = [number, number, number];

/** The look of the 3D figure: seen from the front right, a quarter from above; out channels on the long axis. */
const AZIMUTH = (-35 * Math.PI) / 180;
const ELEVATION = (24 * Math.PI) / 180;
const ASPECT: Triple = [2, 1.1, 1];

/**
 * The dots of `weightScatter3d` as a picture that needs no WebGL: an orthographic projection, far dots drawn first.
 *
 * @param shape `[kh, kw, in, out]`; see `kernelAxes`.
 * @throws RangeError when the shape does not hold the values.
 */
export function weightScatterStill(
  values: ArrayLike<number>,
  shape: readonly number[],
  { title }: { title: string },
): ChartSpec {
  const sample = sampleWeights(values, shape);
  const { outs, ins, positions } = sample.axes;
  const project = projection([outs, ins, positions]);
  const dots = sample.points
    .map((point) => ({ ...place(project([point.out, point.in, point.position])), w: point.value }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ u, v, w }) => ({ u, v, w }));
  const hidden = { axis: null, scale: { zero: false, nice: false, padding: 24 } };
  const encoding = {
    x: { field: 'u', type: 'quantitative', ...hidden },
    y: { field: 'v', type: 'quantitative', ...hidden },
  };
  const color = {
    field: 'w',
    type: 'quantitative',
    scale: divergingScale(largest(sample), DIVERGING_DOTS),
    title: 'weight',
    legend: { gradientLength: 220 },
  };
  return chart(describeScatter(title, sample), {
    title: { text: title, subtitle: sample.rule },
    // What is live is the figure.
    usermeta: { live: false },
    width: 560,
    height: 360,
    layer: [
      {
        data: { values: boxEdges([outs, ins, positions], project) },
        mark: { type: 'line', color: '#bbbbbb', strokeWidth: 1 },
        encoding: { ...encoding, detail: { field: 'edge' } },
      },
      {
        data: { values: dots },
        mark: { type: 'circle', size: dots.length > 1000 ? 18 : 30, opacity: 1 },
        encoding: { ...encoding, color },
      },
      {
        data: { values: axisTexts([outs, ins, positions], project) },
        mark: {
          type: 'text',
          color: COLOURS.ink,
          fontSize: { expr: 'datum.size' },
          angle: { expr: 'datum.angle' },
        },
        encoding: { ...encoding, text: { field: 'text' } },
      },
    ],
  });
}

/** Maps (out, in, position) to (right, up, depth). */
function projection(sizes: Triple): (at: readonly number[]) => Triple {
  const [cos, sin] = [Math.cos(AZIMUTH), Math.sin(AZIMUTH)];
  return (at) => {
    const [x, y, z] = at.map((value, axis) => (value / Math.max(sizes[axis] - 1, 1) - 0.5) * ASPECT[axis]);
    const across = x * cos - y * sin;
    const along = x * sin + y * cos;
    const up = z * Math.cos(ELEVATION) + along * Math.sin(ELEVATION);
    return [across, up, along * Math.cos(ELEVATION) - z * Math.sin(ELEVATION)];
  };
}

function place([u, v, depth]: Triple): { u: number; v: number; depth: number } {
  return { u: Math.round(u * 1000) / 1000, v: Math.round(v * 1000) / 1000, depth };
}

/** The twelve edges of the box, two points each. */
function boxEdges(sizes: Triple, project: (at: readonly number[]) => Triple): object[] {
  const ends = sizes.map((size) => Math.max(size - 1, 1));
  return Array.from({ length: 12 }, (_, edge) => {
    const axis = Math.floor(edge / 4);
    return [0, ends[axis]].map((value) => {
      const at = [0, 0, 0];
      at[axis] = value;
      at[(axis + 1) % 3] = edge & 1 ? ends[(axis + 1) % 3] : 0;
      at[(axis + 2) % 3] = edge & 2 ? ends[(axis + 2) % 3] : 0;
      return { ...place(project(at)), edge };
    });
  }).flat();
}

/** Names at the middle of three outer edges, and the first and last number at their ends. */
function axisTexts(sizes: Triple, project: (at: readonly number[]) => Triple): object[] {
  const ends = sizes.map((size) => Math.max(size - 1, 1));
  // The edge of the box along which each axis is written, and how far outside it: nothing lies in front there.
  const lines: [string, Triple, Triple][] = [
    ['out channel', [Number.NaN, 0, 0], [0, -0.16, 0]],
    ['in channel', [1, Number.NaN, 0], [0.09, 0, 0]],
    ['kernel position', [0, 0, Number.NaN], [-0.035, 0, 0]],
  ];
  return lines.flatMap(([name, edge, outwards], axis) =>
    [0, 0.5, 1].map((along) => {
      const isName = along === 0.5;
      const at = edge.map((side, i) => {
        const shift = outwards[i] * (isName ? 1.6 : 1);
        return (Number.isNaN(side) ? along : side + shift) * ends[i];
      });
      const number = along * (sizes[axis] - 1);
      return {
        ...place(project(at)),
        text: isName ? name : String(number),
        size: isName ? 12 : 10,
        angle: isName && axis === 2 ? 270 : 0,
      };
    }),
  );
}
