import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { drawHistogram } from '../../src/cli/drawHistogram';
import { drawScatter } from '../../src/cli/drawScatter';
import { noBrowser, openBrowser } from '../browser/openBrowser';
import { numbers } from '../plots/allCharts';

test('the pages draw their live charts from disk, ask no host for anything, and report no error', {
  skip: noBrowser(),
}, async (t) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pages '));
  t.after(() => fs.rmSync(dir, { recursive: true }));
  const [values, shape, title] = [numbers(27 * 8), [3, 3, 3, 8], '</script>"conv1"'] as const;
  const pages = {
    '#chart svg.marks': (await drawHistogram(values, title)).html,
    '#chart.js-plotly-plot canvas': (await drawScatter(values, [...shape], title)).html,
  };
  const browser = await openBrowser(t);
  for (const [element, html] of Object.entries(pages)) {
    const file = path.join(dir, 'page.html');
    fs.writeFileSync(file, html);
    const page = await browser.newPage();
    const trouble: string[] = [];
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.on('request', (request) => /^https?:/.test(request.url()) && trouble.push(request.url()));
    await page.goto(`file://${file}`);
    await page.waitForSelector(element, { state: 'attached', timeout: 60_000 });
    assert.deepEqual(trouble, []);
    assert.equal(await page.title(), title);
    assert.equal(await page.locator('#chart img').count(), 0, 'the picture is still there');
    await page.close();
  }
});

test('without scripts a page shows the picture and the words', { skip: noBrowser() }, async (t) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pages '));
  t.after(() => fs.rmSync(dir, { recursive: true }));
  const file = path.join(dir, 'page.html');
  fs.writeFileSync(file, (await drawScatter(numbers(27 * 8), [3, 3, 3, 8], 'conv1.weight')).html);
  const browser = await openBrowser(t);
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`file://${file}`);
  const box = await page.locator('#chart img').boundingBox();
  assert.ok(box && box.width > 500 && box.height > 300, JSON.stringify(box));
  assert.match(
    (await page.locator('p').textContent()) ?? '',
    /^conv1\.weight: 3D scatter of all 216 weights/,
  );
});
