import { decode } from 'fast-png';

/** Decodes a PNG: how many colours it has and how much of it is not white. */
export function pixelColours(png: Buffer): {
  width: number;
  height: number;
  colours: number;
  inkShare: number;
} {
  const { width, height, data, channels, palette } = decode(png);
  const colours = new Set<string>();
  let ink = 0;
  for (let at = 0; at < data.length; at += channels) {
    const colour = palette ? palette[data[at]] : Array.from(data.subarray(at, at + 3));
    const text = colour.slice(0, 3).join();
    colours.add(text);
    if (text !== '255,255,255') ink++;
  }
  return { width, height, colours: colours.size, inkShare: ink / (width * height) };
}
