import { DIVERGING } from './chart';

/** Colours of a picture: odd, so that zero has its own. With twice as many the file grows by a sixth, and nobody sees it. */
const LEVELS = 33;

/**
 * Numbers as pixels: a PNG, as a data URI, of the colours that the diverging scale gives them, in 33 steps.
 *
 * @param values row by row, within [-limit, limit].
 * @param columns pixels of a row.
 * @param limit the number at both ends of the scale.
 */
export function divergingPng(values: Float32Array, columns: number, limit: number): string {
  // Loaded at the first picture, as the chart libraries are.
  const { encode } = require('fast-png') as typeof import('fast-png');
  const half = (LEVELS - 1) / 2;
  const scale = limit > 0 ? half / limit : 0;
  const png = encode({
    width: columns,
    height: values.length / columns,
    channels: 1,
    depth: 8,
    data: Uint8Array.from(values, (value) => Math.round(half + value * scale)),
    palette: Array.from({ length: LEVELS }, (_, level) => colourAt(level / (LEVELS - 1))),
  });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** Red, green and blue at a place from 0 to 1 of the diverging scale, between its colours as Vega computes them. */
function colourAt(place: number): number[] {
  const position = place * (DIVERGING.length - 1);
  const left = Math.min(Math.floor(position), DIVERGING.length - 2);
  const [from, to] = [DIVERGING[left], DIVERGING[left + 1]].map(channels);
  return from.map((channel, i) => Math.round(channel + (to[i] - channel) * (position - left)));
}

/** '#08519c' -> [8, 81, 156]. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
