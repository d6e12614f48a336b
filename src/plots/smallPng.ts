/** Colours of an indexed PNG, and how many of them are simply the most frequent ones of the picture. */
const MOST_COLOURS = 256;
const FREQUENT = 32;
/**
 * A picture with a colour farther than this (of 255, in its worst channel) from the palette keeps all its colours. What
 * fewer pixels have than AREA is a blend at an edge; an area, such as a step of a legend, is seen three times as well.
 */
const INVISIBLE = 18;
const AREA = 16;
const AREA_WEIGHT = 3;

/**
 * An opaque picture as a PNG of at most 256 colours where that changes none visibly, else with all its colours: charts have
 * few, and a notebook carries its pictures. A third to a half of the size that resvg writes.
 *
 * @param pixels red, green, blue and alpha of every pixel; alpha is left out.
 */
export function smallPng(pixels: Uint8Array, width: number, height: number): Buffer {
  // Loaded at the first picture, as the chart libraries are.
  const { encode } = require('fast-png') as typeof import('fast-png');
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i++) {
    colours[i] = (pixels[4 * i] << 16) | (pixels[4 * i + 1] << 8) | pixels[4 * i + 2];
  }
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const indexed = choosePalette(counts);
  const image = { width, height, depth: 8 } as const;
  const zlib = { level: 9 } as const;
  if (!indexed) {
    const data = Uint8Array.from(
      { length: colours.length * 3 },
      (_, i) => pixels[Math.floor(i / 3) * 4 + (i % 3)],
    );
    return Buffer.from(encode({ ...image, channels: 3, data }, { zlib }));
  }
  const data = Uint8Array.from(colours, (colour) => indexed.places.get(colour) as number);
  return Buffer.from(
    encode({ ...image, channels: 1, data, palette: indexed.palette.map(channels) }, { zlib }),
  );
}

/** The frequent colours, then again and again the one that is farthest from all chosen; nothing when 256 are too few. */
function choosePalette(
  counts: Map<number, number>,
): { palette: number[]; places: Map<number, number> } | undefined {
  const colours = [...counts].sort((a, b) => b[1] - a[1]);
  const palette = colours.slice(0, FREQUENT).map(([colour]) => colour);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rest = colours.slice(FREQUENT).map(([colour, count]) => {
    return { colour, weight: count < AREA ? 1 : AREA_WEIGHT, place: 0, distance: Infinity };
  });
  const none = { colour: 0, distance: 0 };
  const compare = (place: number) => {
    for (const item of rest) {
      const distance = farthestChannel(item.colour, palette[place]) * item.weight;
      if (distance < item.distance) {
        item.place = place;
        item.distance = distance;
      }
    }
  };
  palette.forEach((_, place) => void compare(place));
  while (palette.length < MOST_COLOURS) {
    const farthest = rest.reduce<typeof none>(
      (top, item) => (item.distance > top.distance ? item : top),
      none,
    );
    if (farthest.distance === 0) break;
    palette.push(farthest.colour);
    compare(palette.length - 1);
  }
  for (const { colour, place, distance } of rest) {
    if (distance > INVISIBLE) return undefined;
    places.set(colour, place);
  }
  return { palette, places };
}

function farthestChannel(a: number, b: number): number {
  const red = Math.abs((a >> 16) - (b >> 16));
  const green = Math.abs(((a >> 8) & 255) - ((b >> 8) & 255));
  const blue = Math.abs((a & 255) - (b & 255));
  return Math.max(red, green, blue);
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}
