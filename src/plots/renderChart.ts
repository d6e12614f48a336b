import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { ChartSpec } from './chart';
import { smallPng } from './smallPng';

/** The few functions of the two Vega libraries that we use; their own types would slow every first import. */
interface VegaView {
  toSVG(): Promise<string>;
  finalize(): void;
}
interface Vega {
  parse(spec: object): object;
  View: new (runtime: object, options: { renderer: 'none' }) => VegaView;
}
interface VegaLite {
  compile(spec: object): { spec: object };
}

/** Compiles a chart to plain Vega, which front ends draw whatever version of Vega-Lite they carry. */
export function compileChart(spec: ChartSpec): Record<string, unknown> {
  // Loaded at the first chart: the libraries take 0.2 s, and not everybody who prunes draws.
  const vegaLite: VegaLite = require('vega-lite');
  return vegaLite.compile(spec).spec as Record<string, unknown>;
}

/** Draws a chart as SVG, without a browser. */
export async function renderSvg(spec: ChartSpec): Promise<string> {
  const vega: Vega = require('vega');
  const view = new vega.View(vega.parse(compileChart(spec)), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

export interface Picture {
  png: Buffer;
  /** Size in CSS pixels; the picture has `scale` times as many. */
  width: number;
  height: number;
}

/**
 * Draws a chart as PNG, without a browser and with the font of an npm package, so that every machine draws
 * the same picture.
 *
 * @param scale pixels of the picture for each pixel of the chart. Default 1.5: sharp enough, and still small.
 */
export async function renderPng(spec: ChartSpec, scale = 1.5): Promise<Picture> {
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  // Resvg knows the older of the two names for pixels with edges, and forgets it at the newer one.
  const svg = (await renderSvg(spec)).replaceAll('image-rendering: pixelated', '');
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    background: 'white',
    font: {
      ...fonts(),
      loadSystemFonts: false,
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  const { pixels, width, height } = resvg.render();
  return {
    png: smallPng(pixels, width, height),
    width: Math.round(resvg.width),
    height: Math.round(resvg.height),
  };
}

function fonts(): { fontFiles: string[] } {
  const folder = path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  return { fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => path.join(folder, file)) };
}

/** Vega's minified browser build, for pages that carry their library along. */
export function vegaSource(): string {
  return readFileSync(path.join(path.dirname(require.resolve('vega')), 'vega.min.js'), 'utf8');
}
