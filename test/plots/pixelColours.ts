import { decode } from 'fast-png';

/** A colour whose strongest and weakest channel differ by more than this is no grey. */
const VIVID = 40;

/** Decodes a PNG: how many colours it has, how much of it is not white, and how much is no grey (white and black are). */
export function pixelColours(png: Buffer): {
  width: number;
  height: number;
  colours: number;
  inkShare: number;
  vividShare: number;
} {
  const { width, height, data, channels, palette } = decode(png);
  const colours = new Set<number>();
  let ink = 0;
  let vivid = 0;
  for (let at = 0; at < data.length; at += channels) {
    const [red, green, blue] = palette ? palette[data[at]] : data.subarray(at, at + 3);
    const colour = (red << 16) | (green << 8) | blue;
    colours.add(colour);
    if (colour !== 0xffffff) ink++;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > VIVID) vivid++;
  }
  const area = width * height;
  return { width, height, colours: colours.size, inkShare: ink / area, vividShare: vivid / area };
}
