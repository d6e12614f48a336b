import { COLOURS } from './chart';

/** A place in the box of a 3D chart, each coordinate from 0 to 1: out channel, in channel, height. */
export type Triple = [number, number, number];

/** A place on the page: to the right, up, and the distance from the eye. */
export interface Projected {
  u: number;
  v: number;
  depth: number;
}

/** An axis of the box: its name and the numbers written at its two ends. */
export interface BoxAxis {
  name: string;
  from: string;
  to: string;
}

/** The look of our 3D figures: seen from the front right, a quarter from above; out channels on the long axis. */
const AZIMUTH = (-35 * Math.PI) / 180;
const ELEVATION = (24 * Math.PI) / 180;
const ASPECT: Triple = [2, 1.1, 1];

/** Orthographic projection of a place in the box. */
export function project(at: Triple): Projected {
  const [x, y, z] = at.map((value, axis) => (value - 0.5) * ASPECT[axis]);
  const across = x * Math.cos(AZIMUTH) - y * Math.sin(AZIMUTH);
  const along = x * Math.sin(AZIMUTH) + y * Math.cos(AZIMUTH);
  const up = z * Math.cos(ELEVATION) + along * Math.sin(ELEVATION);
  const depth = along * Math.cos(ELEVATION) - z * Math.sin(ELEVATION);
  return { u: rounded(across), v: rounded(up), depth };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

/** Encoding of everything that stands in the box: the page's coordinates, without axes. */
export function boxEncoding(): { x: object; y: object } {
  const hidden = { type: 'quantitative', axis: null, scale: { zero: false, nice: false, padding: 24 } };
  return { x: { field: 'u', ...hidden }, y: { field: 'v', ...hidden } };
}

/** The box itself, to be drawn below the data. */
export function boxEdges(): object {
  return {
    data: { values: edgePoints() },
    mark: { type: 'line', color: '#bbbbbb', strokeWidth: 1 },
    encoding: { ...boxEncoding(), detail: { field: 'edge' } },
  };
}

/** The twelve edges of the box, two points each. */
function edgePoints(): object[] {
  return Array.from({ length: 12 }, (_, edge) => {
    const axis = Math.floor(edge / 4);
    return [0, 1].map((value) => {
      const at: Triple = [0, 0, 0];
      at[axis] = value;
      at[(axis + 1) % 3] = edge & 1 ? 1 : 0;
      at[(axis + 2) % 3] = edge & 2 ? 1 : 0;
      return { ...project(at), edge };
    });
  }).flat();
}

/** Names at the middle of three outer edges, and the first and last number at their ends. */
export function boxTexts(axes: readonly BoxAxis[]): object {
  // The edge of the box along which each axis is written, and how far outside it: nothing lies in front there.
  const lines: { edge: Triple; outwards: Triple }[] = [
    { edge: [Number.NaN, 0, 0], outwards: [0, -0.16, 0] },
    { edge: [1, Number.NaN, 0], outwards: [0.09, 0, 0] },
    { edge: [0, 0, Number.NaN], outwards: [-0.035, 0, 0] },
  ];
  const texts = axes.flatMap(({ name, from, to }, axis) =>
    [from, name, to].map((text, i) => {
      const isName = i === 1;
      const { edge, outwards } = lines[axis];
      const at = edge.map((side, k) =>
        Number.isNaN(side) ? i / 2 : side + outwards[k] * (isName ? 1.6 : 1),
      );
      return {
        ...project(at as Triple),
        text,
        size: isName ? 12 : 10,
        angle: isName && axis === 2 ? 270 : 0,
      };
    }),
  );
  return {
    data: { values: texts },
    mark: {
      type: 'text',
      color: COLOURS.ink,
      fontSize: { expr: 'datum.size' },
      angle: { expr: 'datum.angle' },
    },
    encoding: { ...boxEncoding(), text: { field: 'text' } },
  };
}

/** An axis of `count` channels or positions; of a single one, whose number stands in the middle. */
export function channelsOf(name: string, count: number): BoxAxis {
  return count > 1 ? { name, from: '0', to: String(count - 1) } : { name: `${name} 0`, from: '', to: '' };
}

/** A channel's place on its axis: the first at 0, the last at 1; the only one in the middle. */
export function placeOf(channel: number, channels: number): number {
  return channels > 1 ? channel / (channels - 1) : 0.5;
}
