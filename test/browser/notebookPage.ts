import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { FrontEnd, Jupyter } from './startJupyter';
import { watchPage } from './watchPage';

export const LOOK = path.join(__dirname, 'page', 'look.js');
/** High enough for any chart: of what is outside, a screenshot shows nothing. */
export const VIEWPORT = { width: 1280, height: 1200 };
const OPEN_MS = 60_000;

export interface NotebookPage {
  page: Page;
  /** What went wrong on it so far. */
  trouble: string[];
}

/** Opens a notebook of the server's folder in a page of its own, and waits until its kernel is ready. */
export async function openNotebook(
  browser: Browser,
  jupyter: Jupyter,
  frontEnd: FrontEnd,
  name: string,
): Promise<NotebookPage> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const trouble = watchPage(page);
  await page.addInitScript({ path: LOOK });
  await page.goto(jupyter.url(frontEnd, name));
  await untilReady(page);
  return { page, trouble };
}

/** Waits until the notebook is there with all of its cells, and a kernel that answers. */
export async function untilReady(page: Page): Promise<void> {
  await page.waitForSelector('.jp-Notebook .jp-Cell', { timeout: OPEN_MS });
  await page.waitForFunction(`${CURRENT}?.sessionContext?.session?.kernel?.status === 'idle'`, null, {
    timeout: OPEN_MS,
  });
}

const CURRENT = 'jupyterapp.shell.currentWidget';

/** @returns of how many cells the front end trusts the outputs. */
export function trustedCells(page: Page): Promise<number> {
  return page.evaluate(`[...${CURRENT}.content.model.cells].filter((cell) => cell.trusted).length`);
}

/** Runs all cells, and waits for the last. @throws when one fails, with what it says. */
export async function runAll(page: Page): Promise<void> {
  const ran = await page.evaluate(`jupyterapp.commands.execute('notebook:run-all-cells')`);
  assert.deepEqual(await errorsOf(page), []);
  assert.equal(ran, true, 'all cells ran');
}

/** Runs one cell, as Shift-Enter does in it. */
export async function runCell(page: Page, cell: number): Promise<void> {
  const ran = await page.evaluate(
    `${CURRENT}.content.activeCellIndex = ${cell}; jupyterapp.commands.execute('notebook:run-cell')`,
  );
  assert.deepEqual(await errorsOf(page), []);
  assert.equal(ran, true, `cell ${cell} ran`);
}

/** Writes another source into a cell, by its editor. */
export async function editCell(page: Page, cell: number, from: string, to: string): Promise<void> {
  await page.evaluate(
    `{ const { sharedModel } = ${CURRENT}.content.widgets[${cell}].model;
       sharedModel.setSource(sharedModel.getSource().replace(${JSON.stringify(from)}, ${JSON.stringify(to)})); }`,
  );
}

export async function save(page: Page): Promise<void> {
  await page.evaluate(`jupyterapp.commands.execute('docmanager:save')`);
}

/** Ends the notebook's kernel, which holds a gigabyte, and closes the page. */
export async function closeNotebook(page: Page): Promise<void> {
  await page.evaluate(`${CURRENT}.sessionContext.shutdown()`);
  await page.close();
}

/** What the cells wrote to stderr or threw; tslab writes to stderr what it throws. */
function errorsOf(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...${CURRENT}.content.model.cells].filter((cell) => cell.type === 'code')
      .flatMap((cell) => cell.outputs.toJSON())
      .filter((output) => output.output_type === 'error' || output.name === 'stderr')
      .map((output) => output.evalue ?? String(output.text))`,
  );
}
