import type { Page } from 'playwright-core';
import { pixelColours } from '../plots/pixelColours';
import { goToCell, outputsOf } from './lookAtCharts';

/** The trace of a 3D scatter, as Plotly holds it. */
export interface Scatter {
  x: number[];
  y: number[];
  z: number[];
  marker: { color: number[]; cmin: number; cmax: number };
}

/** The trace of a 3D surface. */
export interface Surface {
  z: number[][];
}

/** @returns the data of the live figure in a cell. */
export async function traceOf<Trace>(page: Page, cell: number): Promise<Trace> {
  const json = await outputsOf(page, cell)
    .locator('.live-chart.js-plotly-plot')
    .evaluate((element) => JSON.stringify((element as unknown as { data: unknown[] }).data[0]));
  return JSON.parse(json);
}

/** @returns the title of the live figure in a cell, as it is drawn. */
export function titleOf(page: Page, cell: number): Promise<string | null> {
  return outputsOf(page, cell).locator('.js-plotly-plot .gtitle').textContent();
}

/**
 * @returns what WebGL draws in a cell's figure, as a PNG, and which share of it has a colour: the dots. Axes are grey,
 *   and all else (title, colour bar) is hidden for the moment.
 */
export async function drawnBy(
  page: Page,
  cell: number,
  file?: string,
): Promise<{ png: Buffer; vividShare: number }> {
  await goToCell(page, cell);
  await page.addStyleTag({
    content: '.hide-all-but-webgl .main-svg, .hide-all-but-webgl .modebar { visibility: hidden !important }',
  });
  const figure = outputsOf(page, cell).locator('.js-plotly-plot');
  await figure.evaluate((element) => element.classList.add('hide-all-but-webgl'));
  const png = await figure.screenshot({ path: file });
  await figure.evaluate((element) => element.classList.remove('hide-all-but-webgl'));
  return { png, vividShare: pixelColours(png).vividShare };
}

/** Takes the trace out of a cell's figure: the axes stay. A second copy of Plotly does it, for the page hides its own. */
export async function removeTrace(page: Page, cell: number): Promise<void> {
  await page.addScriptTag({ path: require.resolve('plotly.js-gl3d-dist-min') });
  await outputsOf(page, cell)
    .locator('.js-plotly-plot')
    .evaluate((element) => {
      const { Plotly } = globalThis as unknown as {
        Plotly: { deleteTraces(e: unknown, i: number): unknown };
      };
      return Promise.resolve(Plotly.deleteTraces(element, 0)).then(() => undefined);
    });
}
