import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { vegaSource } from '../plots/renderChart';
import { displayBundle } from './displayBundle';
import { scriptSource } from './embedded';
import { pack } from './pack';

export interface ChartLibrariesOptions {
  /** Whether Plotly comes along, for `showPlotly3d`: 0.7 MB, half of what a lesson may weigh. Default false. */
  plotly?: boolean;
}

/**
 * Puts the libraries that draw live charts into the notebook, compressed: once, for all charts of the page, so
 * that a saved lesson needs no network. They are of use where the front end does not draw Vega itself, and for
 * 3D plots.
 */
export function chartLibraries({ plotly = false }: ChartLibrariesOptions = {}): void {
  const page = readFileSync(path.join(__dirname, 'page', 'liveCharts.js'), 'utf8');
  const libraries = { vega: vegaSource(), ...(plotly && { plotly: plotlySource() }) };
  const scripts = Object.entries(libraries).map(
    ([name, source]) => `<script>liveCharts.provide('${name}', '${pack(source)}')</script>`,
  );
  displayBundle({
    'text/html': `<script>${scriptSource(page)}</script>${scripts.join('')}`,
    'text/plain': '',
  });
}

/** Plotly's build with 3D plots only: a third of the whole, which would not fit into a lesson. */
function plotlySource(): string {
  return readFileSync(require.resolve('plotly.js-gl3d-dist-min'), 'utf8');
}
