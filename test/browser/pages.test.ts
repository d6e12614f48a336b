import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { nameOf, readNotebook } from '../notebooks/notebook';
import { chosenLessons } from '../notebooks/settings';
import { convertLessons } from './convertLessons';
import { expectedCharts } from './expectedCharts';
import { lookAtCharts } from './lookAtCharts';
import { moveSliders } from './moveSliders';
import { LOOK, VIEWPORT } from './notebookPage';
import { noBrowser, openBrowser } from './openBrowser';
import { watchPage } from './watchPage';

test('as pages from disk the lessons are live with scripts, and pictures without', {
  skip: noBrowser(),
}, async (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages '));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const lessons = chosenLessons();
  const [browser] = await Promise.all([openBrowser(t), convertLessons(lessons, folder)]);
  for (const file of lessons) {
    const url = pathToFileURL(path.join(folder, `${nameOf(file)}.html`)).href;
    const notebook = readNotebook(file);
    for (const javaScriptEnabled of [true, false]) {
      const name = javaScriptEnabled ? 'page' : 'page-without-scripts';
      await t.test(`${nameOf(file)}, ${name}`, async () => {
        const page = await browser.newPage({ javaScriptEnabled, viewport: VIEWPORT });
        const trouble = watchPage(page);
        await page.goto(url);
        await page.evaluate(fs.readFileSync(LOOK, 'utf8'));
        const charts = expectedCharts(notebook, javaScriptEnabled ? 'trusted' : 'no scripts');
        await lookAtCharts(page, charts, `${name}/${nameOf(file)}`);
        await moveSliders(page, charts);
        assert.deepEqual(trouble, []);
        await page.close();
      });
    }
  }
});
