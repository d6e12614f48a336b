import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPictureOnly } from '../../src/plots/isPictureOnly';
import { compileChart, renderPng, renderSvg } from '../../src/plots/renderChart';
import { allCharts } from './allCharts';
import { pixelColours } from './pixelColours';

for (const [name, spec] of Object.entries(allCharts)) {
  test(`${name}: compiles to Vega without a warning`, () => {
    const messages: string[] = [];
    const note = (...args: unknown[]) => void messages.push(args.join(' '));
    const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
    require('vega-lite').compile(spec, { logger });
    assert.deepEqual(messages, []);
  });

  test(`${name}: draws a picture with content in several colours`, async () => {
    const { png, width } = await renderPng(spec, 1);
    const { colours, inkShare } = pixelColours(png);
    assert.ok(width > 300, `only ${width} pixels wide`);
    assert.ok(colours > 20, `only ${colours} colours`);
    assert.ok(inkShare > 0.01, `only ${inkShare} of the pixels are not white`);
  });

  test(`${name}: carries words for those who do not see it, and stays small enough for a notebook`, async () => {
    assert.match(spec.description, /^[\w .]+[:,]? .*\d.*\.$/);
    // Of a chart that is shown as a picture the notebook carries the picture alone, elsewhere both.
    const kept = isPictureOnly(spec) ? '' : JSON.stringify(spec);
    assert.ok(kept.length < 150_000, `${kept.length} characters`);
    const { png } = await renderPng(spec);
    assert.ok(png.toString('base64').length < 200_000, `${png.toString('base64').length} characters`);
    assert.match(await renderSvg(spec), /aria-label="/);
  });

  test(`${name}: names every axis that it shows`, () => {
    const axes = (compileChart(spec).axes ?? []) as { labels?: boolean; title?: string; scale: string }[];
    // A second axis without labels draws the grid lines. "before" and "after" need no name above them.
    const nameless = axes.filter(({ labels, title }) => labels !== false && !title).map(({ scale }) => scale);
    assert.deepEqual(nameless, name === 'latency' ? ['y'] : []);
    assert.equal(axes.length > 0, !/scatter|tiles|surface|graph/.test(name));
  });
}
