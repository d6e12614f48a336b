import * as assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { COLOURS } from '../../src/plots/chart';
import { MOST_BARS } from '../../src/plots/rankedBars';
import { cutCount } from '../../src/pruning/rank';
import type { Chart } from './expectedCharts';
import { goToCell, outputsOf } from './lookAtCharts';

/** 0.29 and 0.57 are those that a product of binary fractions rounds wrong: 100 * 0.29 is 28.999... */
const PERCENTS = [0, 0.29, 0.57, 0.99];

/** What page/look.js offers. */
interface Look {
  bars(marks: unknown): { texts: string[]; counts: Record<string, number> };
}

/** Moves every slider of a notebook, and reads from its chart whether it cuts as many channels as `prune`. */
export async function moveSliders(page: Page, charts: Chart[]): Promise<void> {
  const cells = charts.filter(({ slider }) => slider).map(({ cell }) => cell);
  for (const cell of new Set(cells)) {
    await goToCell(page, cell);
    const outputs = outputsOf(page, cell).locator('.jp-OutputArea-child:has(input[type=range])');
    assert.equal(await outputs.count(), cells.filter((each) => each === cell).length);
    for (const output of await outputs.all()) await moveSlider(output, `cell ${cell}`);
  }
}

async function moveSlider(output: Locator, where: string): Promise<void> {
  const slider = output.locator('input[type=range]').first();
  const marks = output.locator('svg.marks, canvas.marks').first();
  const isCanvas = (await output.locator('canvas.marks').count()) > 0;
  const start = Number(await slider.inputValue());
  const pictures = new Set<string>();
  for (const percent of [...PERCENTS, start]) {
    await slider.fill(String(percent));
    // A canvas has no texts to read: that it changes must do.
    if (isCanvas) pictures.add((await marks.screenshot()).toString('base64'));
    else await readCut(marks, percent, `${where} at percent ${percent}`);
  }
  if (isCanvas) assert.ok(pictures.size >= PERCENTS.length, `the slider of ${where} moves nothing`);
}

/** The chart's title, its rows ("cut 3 of 10", one for each layer) and its bars must say the same as `cutCount`. */
async function readCut(marks: Locator, percent: number, where: string): Promise<void> {
  await marks.locator('text', { hasText: `percent ${percent.toFixed(2)} cuts ` }).waitFor();
  const { texts, counts } = await marks.evaluate((element) =>
    (globalThis as unknown as { look: Look }).look.bars(element),
  );
  const rows = texts.flatMap((text) => matched(/^cut ([\d,]+) of ([\d,]+)$/, text));
  const kept = texts.filter((text) => text.startsWith('not cut: ')).length;
  const expected = rows.map(([, n]) => cutCount(n, percent));
  const differs = rows.filter(([cut], i) => cut !== expected[i]);
  assert.ok(rows.length > 0, `${where}: no row says how many are cut`);
  // A layer that may not be cut loses none.
  assert.ok(
    differs.length <= kept && differs.every(([cut]) => cut === 0),
    `${where}: cut ${rows.map(([cut]) => cut)} instead of ${expected}`,
  );
  const sum = rows.reduce((all, [cut]) => all + cut, 0);
  const [[titleCut, titleAll]] = texts.flatMap((text) =>
    matched(/ cuts ([\d,]+) of ([\d,]+) channels$/, text),
  );
  assert.deepEqual([titleCut, titleAll], [sum, rows.reduce((all, [, n]) => all + n, 0)], where);
  const bars = [COLOURS.cut, COLOURS.kept, COLOURS.grey].map((colour) => counts[colour] ?? 0);
  // In wider layers a bar stands for several channels.
  if (rows.some(([, n]) => n > MOST_BARS)) assert.equal(bars[0] > 0, sum > 0, where);
  else {
    assert.equal(bars[0], sum, `${where}: bars that are cut`);
    assert.equal(bars[1] + bars[2], titleAll - sum, `${where}: bars that stay`);
  }
}

function matched(pattern: RegExp, text: string): number[][] {
  const match = pattern.exec(text);
  return match ? [match.slice(1).map((digits) => Number(digits.replaceAll(',', '')))] : [];
}
