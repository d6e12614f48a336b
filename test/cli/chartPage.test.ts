import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawHistogram } from '../../src/cli/drawHistogram';
import { drawScatter } from '../../src/cli/drawScatter';
import { numbers } from '../plots/allCharts';

const NASTY = '</script><script>alert(1)</script>"&\u2028';

for (const [name, draw] of [
  ['histogram', () => drawHistogram(numbers(27 * 4), NASTY)],
  ['scatter', () => drawScatter(numbers(27 * 4), [3, 3, 3, 4], NASTY)],
] as const) {
  test(`the ${name}'s page stays whole whatever the layer is called`, async () => {
    const { html } = await draw();
    assert.equal(html.match(/<script/g)?.length, html.match(/<\/script>/g)?.length);
    assert.doesNotMatch(html, /<script>alert/);
    const data = html.slice(html.lastIndexOf('<script>'));
    assert.ok(!data.includes('\u2028'));
    assert.match(data, /(\\u003c|&lt;)\/script/);
  });

  test(`the ${name}'s page carries words and a picture, and may load nothing`, async () => {
    const { html, png } = await draw();
    assert.ok(html.includes(png.toString('base64')));
    assert.match(html, /<p>&#60;\/script&#62;[^<]+ 108 weights[^<]+<\/p>/);
    assert.match(html, /content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; /);
    assert.doesNotMatch(html.slice(0, html.indexOf('<script>')), /https?:/);
  });
}
