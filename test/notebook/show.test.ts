import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { chartLibraries } from '../../src/notebook/chartLibraries';
import { displayBundle } from '../../src/notebook/displayBundle';
import { progress } from '../../src/notebook/progress';
import { showMarkdown } from '../../src/notebook/showMarkdown';
import { showPlotly3d } from '../../src/notebook/showPlotly3d';
import { showTable } from '../../src/notebook/showTable';
import { showVega } from '../../src/notebook/showVega';
import { channelNorms } from '../../src/plots/channelNorms';
import { vegaSource } from '../../src/plots/renderChart';
import { weightHeatmap } from '../../src/plots/weightHeatmap';
import { weightScatter3d } from '../../src/plots/weightScatter3d';
import { allCharts, numbers } from '../plots/allCharts';
import { pixelColours } from '../plots/pixelColours';
import { type Shown, shownBy } from './fakeFrontEnd';

test('a chart is live Vega with a picture, without HTML, and then its words', async () => {
  const spec = channelNorms([1, 2, 3, 4], { layer: 'conv1', percent: 0.5 });
  const [output, words, ...more] = await shownBy(() => showVega(spec));
  assert.deepEqual(more, []);
  assert.deepEqual(Object.keys(output.data), ['application/vnd.vega.v5+json', 'image/png', 'text/plain']);
  assert.equal(output.data['text/plain'], `[${spec.description}]`);
  const { width, height, alt } = output.metadata['image/png'];
  assert.equal(alt, spec.description);
  const picture = pixelColours(Buffer.from(output.data['image/png'] as string, 'base64'));
  assert.ok(Math.abs(picture.width - 1.5 * (width as number)) < 3, `${picture.width} pixels for ${width}`);
  assert.ok(Math.abs(picture.height - 1.5 * (height as number)) < 3);
  assert.deepEqual(Object.keys(words.data), ['text/html', 'text/plain']);
  assert.ok((words.data['text/html'] as string).includes(`<small>${spec.description}</small></details>`));
});

test('a chart that says that it is a picture has no live form', async () => {
  const spec = { ...channelNorms([1, 2], { layer: 'conv1', percent: 0 }), usermeta: { live: false } };
  const [output, words] = await shownBy(() => showVega(spec));
  assert.deepEqual(Object.keys(output.data), ['image/png', 'text/plain']);
  assert.doesNotMatch(words.data['text/html'] as string, /script/);
});

test('no picture is stored twice', async () => {
  const figure = weightScatter3d(numbers(27 * 4), [3, 3, 3, 4], { title: 'conv1' });
  for (const [output, words] of [
    await shownBy(() => showVega(figure.still)),
    await shownBy(() => showPlotly3d(figure)),
  ]) {
    const png = output.data['image/png'] as string;
    assert.ok(png.length > 1000);
    assert.ok(!JSON.stringify(words.data).includes(png.slice(100, 200)));
  }
});

test('the live chart is compiled Vega 5 with its slider, its description and no menu', async () => {
  const spec = channelNorms([1, 2, 3, 4], { layer: 'conv1', percent: 0.5 });
  const [output] = await shownBy(() => showVega(spec));
  const vega = output.data['application/vnd.vega.v5+json'] as Record<string, unknown>;
  assert.equal(vega.$schema, 'https://vega.github.io/schema/vega/v5.json');
  assert.equal(vega.description, spec.description);
  assert.deepEqual(vega.usermeta, { embedOptions: { actions: false, renderer: 'svg' } });
  const signals = vega.signals as { name: string; bind?: { input: string } }[];
  assert.equal(signals.find(({ name }) => name === 'percent')?.bind?.input, 'range');
});

test('a chart of ten thousand cells is drawn on a canvas', async () => {
  const spec = weightHeatmap(numbers(9 * 32 * 64), [3, 3, 32, 64], { title: 'conv2.weight' });
  const [output] = await shownBy(() => showVega(spec));
  const { usermeta } = output.data['application/vnd.vega.v5+json'] as { usermeta: object };
  assert.deepEqual(usermeta, { embedOptions: { actions: false, renderer: 'canvas' } });
});

test('every chart fits into a notebook of 1.5 MB with room for others', async () => {
  for (const [name, spec] of Object.entries(allCharts)) {
    const outputs = await shownBy(() => showVega(spec));
    const size = JSON.stringify(outputs.map(({ data }) => data)).length;
    assert.ok(size < 500_000, `${name}: ${size}`);
  }
});

test('a 3D scatter is a picture, then its words and the figure, in which names are only data', async () => {
  const title = `<conv1> "w" </script><img src=x onerror=alert(1)>`;
  const figure = weightScatter3d(numbers(27 * 4), [3, 3, 3, 4], { title });
  const [output, words] = await shownBy(() => showPlotly3d(figure));
  assert.deepEqual(Object.keys(output.data), ['image/png', 'text/plain']);
  const html = words.data['text/html'] as string;
  assert.ok(html.includes('<small>&#60;conv1&#62; &#34;w&#34; '), html.slice(0, 200));
  assert.equal(html.match(/<\/script/g)?.length, 1);
  assert.doesNotMatch(html, /<img/);
  const packed = /const packed = '(.*)';\n/.exec(html)?.[1] ?? '';
  assert.deepEqual(JSON.parse(unpacked(packed)), {
    library: 'plotly',
    data: figure.data,
    layout: figure.layout,
  });
});

test('the libraries are compressed, and Plotly comes only where it is asked for', async () => {
  const [vegaOnly] = await shownBy(() => chartLibraries());
  const [both] = await shownBy(() => chartLibraries({ plotly: true }));
  const libraries = ({ data }: Shown) =>
    [...(data['text/html'] as string).matchAll(/liveCharts\.provide\('(\w+)', '([^']+)'\)/g)].map(
      ([, name, base64]) => [name, unpacked(base64)],
    );
  assert.deepEqual(libraries(vegaOnly), [['vega', vegaSource()]]);
  assert.deepEqual(
    libraries(both).map(([name]) => name),
    ['vega', 'plotly'],
  );
  assert.ok(JSON.stringify(vegaOnly.data).length < 260_000);
  assert.ok(JSON.stringify(both.data).length < 1_010_000);
});

function unpacked(base64: string): string {
  return gunzipSync(Buffer.from(base64, 'base64')).toString();
}

test('a table aligns numbers to the right, formats them and escapes text', async () => {
  const [output] = await shownBy(() =>
    showTable([
      { layer: 'conv1', parameters: 18432, share: 0.123456 },
      { layer: '<b>', parameters: 5, share: 1 },
    ]),
  );
  assert.equal(
    output.data['text/html'],
    '<table><thead><tr><th style="text-align:left">layer</th><th style="text-align:right">parameters</th>' +
      '<th style="text-align:right">share</th></tr></thead><tbody><tr><td style="text-align:left">conv1</td>' +
      '<td style="text-align:right">18,432</td><td style="text-align:right">0.1235</td></tr><tr>' +
      '<td style="text-align:left">&#60;b&#62;</td><td style="text-align:right">5</td>' +
      '<td style="text-align:right">1</td></tr></tbody></table>',
  );
  assert.equal(
    output.data['text/plain'],
    'layer  parameters   share\nconv1      18,432  0.1235\n<b>             5       1',
  );
  assert.throws(() => showTable([]), /^RangeError: Expected at least one row to show but found none\.$/);
});

test('Markdown is shown as Markdown', async () => {
  const [output] = await shownBy(() => showMarkdown('**bold**'));
  assert.deepEqual(output.data, { 'text/markdown': '**bold**', 'text/plain': '**bold**' });
});

test('progress replaces its own output', async () => {
  const outputs = await shownBy(() => {
    const step = progress(3, 'cutting <b>');
    for (const done of [1, 2, 3]) step(done);
  });
  assert.deepEqual(
    outputs.map(({ update }) => update),
    [false, true, true],
  );
  assert.equal(new Set(outputs.map(({ id }) => id)).size, 1);
  assert.match(outputs[0].id as string, /^progress-/);
  assert.deepEqual(outputs[2].data, {
    'text/html': '<progress value="3" max="3"></progress> cutting &#60;b&#62; 3 of 3',
    'text/plain': 'cutting <b> 3 of 3',
  });
});

test('two progress bars do not share an output', async () => {
  const outputs = await shownBy(() => {
    progress(1)(1);
    progress(1)(1);
  });
  assert.notEqual(outputs[0].id, outputs[1].id);
});

test('outside a notebook the plain text goes to stdout, without updates', (context) => {
  const log = context.mock.method(console, 'log', () => {});
  displayBundle({ 'text/html': '<b>x</b>', 'text/plain': 'x' });
  displayBundle({ 'text/plain': 'y' }, { id: 'a', update: true });
  progress(2)(1);
  assert.deepEqual(
    log.mock.calls.map(({ arguments: args }) => args),
    [['x']],
  );
});

test('importing the library loads neither Vega nor the PNG renderer nor tslab', () => {
  const index = path.resolve(__dirname, '../../src/index.ts');
  const code = `require(${JSON.stringify(index)}); console.log(Object.keys(require.cache).join('\\n'))`;
  const files = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', code], {
    encoding: 'utf8',
  });
  assert.match(files, /showVega\.ts/);
  assert.doesNotMatch(files, /node_modules[\\/](vega|vega-lite|@resvg|tslab|zeromq)[\\/]/);
});
