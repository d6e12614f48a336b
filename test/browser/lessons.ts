import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { nameOf, readNotebook } from '../notebooks/notebook';
import { expectedCharts } from './expectedCharts';
import { lookAtCharts } from './lookAtCharts';
import { moveSliders } from './moveSliders';
import { closeNotebook, openNotebook, runAll, trustedCells } from './notebookPage';
import type { FrontEnd, Jupyter } from './startJupyter';

/**
 * Opens a lesson as somebody who has just cloned the project, looks at it, moves its sliders, runs all of it, and
 * looks again.
 *
 * @param file the committed lesson; it stays as it is.
 */
export async function readLesson(
  t: TestContext,
  browser: Browser,
  jupyter: Jupyter,
  { frontEnd, file }: { frontEnd: FrontEnd; file: string },
): Promise<void> {
  const lesson = nameOf(file);
  const notebook = readNotebook(file);
  // A copy that differs from what `npm start` trusts.
  const name = `${frontEnd}-${path.basename(file)}`;
  const metadata = { ...notebook.metadata, copy: true };
  fs.writeFileSync(path.join(jupyter.folder, name), JSON.stringify({ ...notebook, metadata }));

  const { page, trouble } = await openNotebook(browser, jupyter, frontEnd, name);
  assert.equal(await trustedCells(page), 0, 'the copy is not trusted');
  const untrusted = expectedCharts(notebook, 'untrusted');
  await lookAtCharts(page, untrusted, `${frontEnd}-untrusted/${lesson}`);
  await moveSliders(page, untrusted);

  const start = performance.now();
  await runAll(page);
  t.diagnostic(`${lesson} ran in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const run = expectedCharts(notebook, 'trusted');
  await lookAtCharts(page, run, `${frontEnd}-run/${lesson}`);
  await moveSliders(page, run);
  assert.deepEqual(trouble, []);
  assert.deepEqual(jupyter.foreign(), []);
  await closeNotebook(page);
}
