import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { pixelColours } from '../plots/pixelColours';
import type { Chart } from './expectedCharts';

const { ROOT } = require('../../scripts/setup/paths');
const SCREENSHOTS = path.join(ROOT, 'out', 'screenshots');
/** A chart is drawn in well under a second; a busy machine gets a hundred times that. */
const DRAWN_MS = 60_000;
const POLL_MS = 50;
/** Of the outputs those that hold a chart. */
const CHART = '.jp-OutputArea-child:has(img, svg.marks, canvas.marks, .js-plotly-plot)';

/**
 * Goes through a notebook from chart to chart as a reader does: each must be there, as what was expected and drawn.
 * Leaves a picture of each in out/screenshots.
 *
 * @param name of the screenshots: a folder and the lesson.
 */
export async function lookAtCharts(page: Page, expected: Chart[], name: string): Promise<void> {
  const found: Chart[] = [];
  for (const cell of new Set(expected.map((chart) => chart.cell))) {
    await goToCell(page, cell);
    const wanted = JSON.stringify(expected.filter((chart) => chart.cell === cell));
    found.push(...(await chartsOf(page, cell, wanted)));
    for (const [i, chart] of (await outputsOf(page, cell).locator(CHART).all()).entries()) {
      const file = `${name}-cell${String(cell).padStart(2, '0')}-${i + 1}.png`;
      const png = await chart.screenshot({ path: path.join(SCREENSHOTS, file) });
      const { colours, inkShare } = pixelColours(png);
      assert.ok(colours > 10 && inkShare > 0.01, `${file} is blank: ${colours} colours`);
    }
  }
  assert.deepEqual(found, expected, name);
}

/** @returns the outputs of a cell. */
export function outputsOf(page: Page, cell: number): Locator {
  const place = isFile(page) ? `.jp-Cell >> nth=${cell}` : `.jp-Cell[data-windowed-list-index="${cell}"]`;
  return page.locator(place).locator('.jp-Cell-outputArea, .jp-OutputArea').first();
}

/** Scrolls by the front end's own list, which may keep cells that are far away out of the page. */
export async function goToCell(page: Page, cell: number): Promise<void> {
  if (!isFile(page))
    await page.evaluate(`jupyterapp.shell.currentWidget.content.scrollToItem(${cell}, 'start')`);
  await outputsOf(page, cell).scrollIntoViewIfNeeded();
}

/** Whether it is a page that nbconvert made. */
function isFile(page: Page): boolean {
  return page.url().startsWith('file:');
}

/** @returns the charts of a cell, as soon as they are those that are wanted, or else what is there at last. */
async function chartsOf(page: Page, cell: number, wanted: string): Promise<Chart[]> {
  const end = Date.now() + DRAWN_MS;
  while (true) {
    const all: Chart[] = await page.evaluate('look.charts()');
    const charts = all.filter((chart) => chart.cell === cell);
    if (JSON.stringify(charts) === wanted || Date.now() > end) return charts;
    await sleep(POLL_MS);
  }
}
