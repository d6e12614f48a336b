import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { codeCells, nameOf, readNotebook } from '../notebooks/notebook';
import { chosenLessons } from '../notebooks/settings';
import { expectedCharts } from './expectedCharts';
import { readLesson } from './lessons';
import { lookAtCharts } from './lookAtCharts';
import { closeNotebook, openNotebook, trustedCells } from './notebookPage';
import { noBrowser, openBrowser } from './openBrowser';
import { startJupyter } from './startJupyter';

const { committedLessons } = require('../../scripts/setup/committedLessons');
const { ROOT } = require('../../scripts/setup/paths');

test('JupyterLab shows the charts of every lesson', {
  skip: noBrowser(),
  // As many as the smallest machine we count on has cores.
  concurrency: 2,
}, async (t) => {
  const [browser, jupyter] = await Promise.all([openBrowser(t), startJupyter(t)]);
  const untrusted = chosenLessons().map((file) =>
    t.test(`${nameOf(file)}, untrusted and run`, (lesson) =>
      readLesson(lesson, browser, jupyter, { frontEnd: 'lab', file }),
    ),
  );
  const committed: { name: string }[] = await committedLessons(ROOT);
  // A lesson that somebody is changing is not trusted.
  const isCommitted = (file: string) => committed.some(({ name }) => name === path.basename(file));
  const chosen = chosenLessons().filter((file) => hasFigures(file) && (process.env.CI || isCommitted(file)));
  const trusted = chosen.map((file) =>
    t.test(`${nameOf(file)}, as npm start trusts it`, async () => {
      const name = path.basename(file);
      fs.copyFileSync(file, path.join(jupyter.folder, name));
      const { page, trouble } = await openNotebook(browser, jupyter, 'lab', name);
      const notebook = readNotebook(file);
      assert.equal(await trustedCells(page), codeCells(notebook).length);
      await lookAtCharts(page, expectedCharts(notebook, 'trusted'), `lab-trusted/${nameOf(file)}`);
      assert.deepEqual(trouble, []);
      await closeNotebook(page);
    }),
  );
  await Promise.all([...untrusted, ...trusted]);
  assert.deepEqual(jupyter.foreign(), []);
});

/** Only 3D plots look different when they are trusted. */
function hasFigures(file: string): boolean {
  return expectedCharts(readNotebook(file), 'trusted').some(({ kind }) => kind === 'plotly');
}
