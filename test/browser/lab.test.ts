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

test('JupyterLab shows the charts of every lesson', { skip: noBrowser() }, async (t) => {
  const [browser, jupyter] = await Promise.all([openBrowser(t), startJupyter(t)]);
  const committed: { name: string }[] = await committedLessons(ROOT);
  for (const file of chosenLessons()) {
    const [lesson, name] = [nameOf(file), path.basename(file)];
    await t.test(`${lesson}, untrusted and run`, (part) =>
      readLesson(part, browser, jupyter, { frontEnd: 'lab', file }),
    );
    // A lesson that somebody is changing is not trusted.
    if (!process.env.CI && !committed.some((each) => each.name === name)) continue;
    await t.test(`${lesson}, as npm start trusts it`, async () => {
      fs.copyFileSync(file, path.join(jupyter.folder, name));
      const { page, trouble } = await openNotebook(browser, jupyter, 'lab', name);
      const notebook = readNotebook(file);
      assert.equal(await trustedCells(page), codeCells(notebook).length);
      await lookAtCharts(page, expectedCharts(notebook, 'trusted'), `lab-trusted/${lesson}`);
      assert.deepEqual(trouble, []);
      await closeNotebook(page);
    });
  }
  assert.deepEqual(jupyter.foreign(), []);
});
