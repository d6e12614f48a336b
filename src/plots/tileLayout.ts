import type { PickedKernels } from './pickKernels';

/** Where the small pictures of a chart stand, in pixels, and what is written beside them. */
export interface TileLayout {
  /** In the order in which they are read; x and y are the top left corner. */
  tiles: { out: number; in: number; x: number; y: number }[];
  texts: { x: number; y: number; text: string; size: number; align: 'left' | 'center' | 'right' }[];
  /** Size of a weight. */
  cell: number;
  width: number;
  height: number;
}

const WIDTH = 560;
const MOST_ACROSS = 16;
const LARGEST_TILE = 54;
/** Cells are whole pixels of a picture at this scale (`renderPng`), so that all are equally large. */
const PICTURE_SCALE = 1.5;
const GAP = 4;
const HEAD = 14;
const BAND_GAP = 8;

/**
 * Kernels in bands: the axis with more channels runs across, 16 at most a band, its numbers above the kernels; the
 * other axis runs down within a band, its numbers at the left.
 */
export function tileLayout({ outs, ins, kh, kw }: PickedKernels & { kh: number; kw: number }): TileLayout {
  const outsAcross = outs.length >= ins.length;
  const [across, down] = outsAcross ? [outs, ins] : [ins, outs];
  const [acrossName, downName] = outsAcross ? ['out channel', 'in channel'] : ['in channel', 'out channel'];
  const bands = Math.ceil(across.length / MOST_ACROSS);
  const perBand = Math.ceil(across.length / bands);
  const indent = 96;
  const room = Math.min(LARGEST_TILE, (WIDTH - indent) / perBand - GAP);
  const cell = Math.max(1, Math.floor((room / Math.max(kh, kw)) * PICTURE_SCALE)) / PICTURE_SCALE;
  const [stepX, stepY] = [cell * kw + GAP, cell * kh + GAP];
  const bandHeight = HEAD + down.length * stepY + BAND_GAP;
  const layout: TileLayout = {
    tiles: [],
    texts: [],
    cell,
    width: indent + perBand * stepX - GAP,
    height: bands * bandHeight - BAND_GAP - GAP,
  };
  const shared = { size: 10, align: 'center' } as const;
  for (let band = 0; band < bands; band++) {
    const top = band * bandHeight;
    const numbers = across.slice(band * perBand, (band + 1) * perBand);
    layout.texts.push({ x: indent - 6, y: top + HEAD / 2, text: acrossName, size: 10, align: 'right' });
    for (const [column, number] of numbers.entries()) {
      const x = indent + column * stepX;
      layout.texts.push({ x: x + (cell * kw) / 2, y: top + HEAD / 2, text: String(number), ...shared });
      for (const [row, other] of down.entries()) {
        const [out, channel] = outsAcross ? [number, other] : [other, number];
        layout.tiles.push({ out, in: channel, x, y: top + HEAD + row * stepY });
      }
    }
    for (const [row, number] of down.entries()) {
      const y = top + HEAD + row * stepY + (cell * kh) / 2;
      layout.texts.push({ x: indent - 6, y, text: `${downName} ${number}`, size: 10, align: 'right' });
    }
  }
  return layout;
}
