import { inflateSync } from 'node:zlib';

/** A colour whose strongest and weakest channel differ by more than this is no grey. */
const VIVID = 40;

/**
 * Decodes a PNG of 8-bit RGBA (what resvg writes) or RGB (a browser's screenshot): how many colours it has, and which
 * shares of it are not white, and neither white, grey nor black.
 */
export function pixelColours(png: Buffer): {
  width: number;
  height: number;
  colours: number;
  inkShare: number;
  vividShare: number;
} {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const bytes = png[25] === 2 ? 3 : 4;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * bytes;
  let above = new Uint8Array(stride);
  const colours = new Set<number>();
  let ink = 0;
  let vivid = 0;
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const line = new Uint8Array(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x++)
      line[x] += predicted(filter, line[x - bytes] ?? 0, above[x], above[x - bytes] ?? 0);
    for (let x = 0; x < stride; x += bytes) {
      const colour = (line[x] << 16) | (line[x + 1] << 8) | line[x + 2];
      colours.add(colour);
      if (colour !== 0xffffff) ink++;
      const channels = line.subarray(x, x + 3);
      if (Math.max(...channels) - Math.min(...channels) > VIVID) vivid++;
    }
    above = line;
  }
  const area = width * height;
  return { width, height, colours: colours.size, inkShare: ink / area, vividShare: vivid / area };
}

/** The five filters of the PNG specification. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 4) {
    const guess = left + up - corner;
    const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
    return a <= b && a <= c ? left : b <= c ? up : corner;
  }
  return [0, left, up, (left + up) >> 1][filter];
}
