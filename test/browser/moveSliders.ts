import * as assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { COLOURS } from '../../src/plots/chart';
import { cutCount } from '../../src/pruning/rank';
import type { Chart } from './expectedCharts';
import { goToCell, outputsOf } from './lookAtCharts';

/** 0.29 and 0.57 are those that a product of binary fractions rounds wrong: 100 * 0.29 is 28.999... */
const PERCENTS = [0, 0.29, 0.57, 0.99];
/** Above this many channels a bar stands for several. */
const MOST_BARS = 512;

/** What page/look.js offers. */
interface Look {
  bars(marks: unknown): { counts: Record<string, number> };
}

/** Moves every slider of a notebook, and reads from its chart whether it cuts as many channels as `prune`. */
export async function moveSliders(page: Page, charts: Chart[]): Promise<void> {
  for (const { cell } of charts.filter(({ slider }) => slider)) {
    await goToCell(page, cell);
    const output = outputsOf(page, cell);
    const slider = output.locator('input[type=range]').first();
    const start = await slider.inputValue();
    for (const percent of [...PERCENTS, Number(start)]) await moveTo(output, slider, percent);
  }
}

async function moveTo(output: Locator, slider: Locator, percent: number): Promise<void> {
  await slider.fill(String(percent));
  const label = output.locator('svg.marks text', { hasText: /^cut \d+ of \d+$/ });
  const channels = Number(/\d+$/.exec(await label.innerHTML())?.[0]);
  const cut = cutCount(channels, percent);
  await output
    .locator('svg.marks text', { hasText: `cut ${cut} of ${channels}` })
    .first()
    .waitFor();
  assert.equal(await label.innerHTML(), `cut ${cut} of ${channels}`, `percent ${percent}`);
  const { counts } = await output
    .locator('svg.marks')
    .first()
    .evaluate((marks) => (globalThis as unknown as { look: Look }).look.bars(marks));
  if (channels > MOST_BARS) assert.equal(counts[COLOURS.cut] > 0, cut > 0);
  else {
    assert.equal(counts[COLOURS.cut] ?? 0, cut, `bars that are cut at percent ${percent}`);
    assert.equal(counts[COLOURS.kept] ?? 0, channels - cut, `bars that stay at percent ${percent}`);
  }
}
