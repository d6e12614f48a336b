import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { type tf, useBackend } from '../../src/index';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { layerWeight } from '../../src/pruning/layerWeight';
import { ENGINE } from '../engines';
import type { Chart } from './expectedCharts';
import { drawnBy, removeTrace, type Scatter, type Surface, titleOf, traceOf } from './figures';
import { lookAtCharts } from './lookAtCharts';
import { moveSliders } from './moveSliders';
import { closeNotebook, editCell, openNotebook, runAll, runCell, save, untilReady } from './notebookPage';
import { noBrowser, openBrowser } from './openBrowser';
import { startJupyter } from './startJupyter';

const WIDTHS = [8, 64, 128];
/** A name that would do harm, were it not data. */
const TITLE = '</script><b>"conv1"</b>\' & `$`';
const [START, PRUNED, SMALL, LARGE, SURFACE, NORMS] = [0, 1, 2, 3, 4, 5];
const CELLS = {
  [START]: `import { channelNorms, eightConvNet, keep, layerWeight, normSurface3d, prune, showPlotly3d, showVega,
  startLesson, weightScatter3d } from './src/index';
await startLesson({ plotly: true });
const net = keep('net', eightConvNet({ inputSize: 4, widths: ${JSON.stringify(WIDTHS)} }));
const show = (plot: typeof weightScatter3d, model: typeof net, layer: string, title: string) => {
  const kernel = layerWeight(model, layer, 'kernel');
  return showPlotly3d(plot(kernel.dataSync(), kernel.shape, { title }));
};`,
  [PRUNED]: `const percent = 0.5; // change me
const small = keep('small', prune(net, { percent }));
await show(weightScatter3d, small, 'conv1', \`percent \${percent}\`);`,
  [SMALL]: `await show(weightScatter3d, net, 'conv1', ${JSON.stringify(TITLE)});`,
  [LARGE]: `await show(weightScatter3d, net, 'conv3', 'conv3');`,
  [SURFACE]: `await show(normSurface3d, net, 'conv2', 'conv2');`,
  // 100 channels: 29 of them are 28.999... to a computer.
  [NORMS]: `const norms = Array.from({ length: 100 }, (_, channel) => 1 + channel / 100);
await showVega(channelNorms(norms, { layer: ${JSON.stringify(TITLE)}, percent: 0.5 }));`,
};

test('a 3D plot shows the weights, and stays there', { skip: noBrowser() }, async (t) => {
  const [browser, jupyter] = await Promise.all([openBrowser(t), startJupyter(t), useBackend(ENGINE)]);
  const name = 'figures.ipynb';
  fs.writeFileSync(path.join(jupyter.folder, name), JSON.stringify(notebookOf(Object.values(CELLS))));
  const { page, trouble } = await openNotebook(browser, jupyter, 'lab', name);
  await runAll(page);
  const net = eightConvNet({ inputSize: 4, widths: WIDTHS });

  const figures = [PRUNED, SMALL, LARGE, SURFACE];
  const charts: Chart[] = [
    ...figures.map((cell) => ({ cell, kind: 'plotly' as const, slider: false })),
    { cell: NORMS, kind: 'vega', slider: true },
  ];

  await t.test('there is one for each, and no picture any more', () =>
    lookAtCharts(page, charts, 'figures/figures'),
  );

  await t.test('a slider beside them cuts what prune cuts', () => moveSliders(page, charts));

  await t.test('its data are the weights, its colours symmetric about zero', async () => {
    const small = await traceOf<Scatter>(page, SMALL);
    assert.equal(small.x.length, 3 * 3 * 3 * 8);
    assertWeights(small, layerWeight(net, 'conv1', 'kernel'));
    const large = await traceOf<Scatter>(page, LARGE);
    assert.ok(large.x.length > 1000 && large.x.length <= 2500, `${large.x.length} points`);
    assertWeights(large, layerWeight(net, 'conv3', 'kernel'));
    assert.ok((await titleOf(page, SMALL))?.startsWith(TITLE));
    assertNorms(await traceOf<Surface>(page, SURFACE), layerWeight(net, 'conv2', 'kernel'));
  });

  await t.test('it is drawn, and no longer when its trace is removed', async () => {
    assert.ok((await drawnBy(page, LARGE)).vividShare > 0.01);
    await removeTrace(page, LARGE);
    assert.equal((await drawnBy(page, LARGE)).vividShare, 0);
    await runCell(page, LARGE);
    assert.ok((await drawnBy(page, LARGE)).vividShare > 0.01);
  });

  await t.test('it changes with percent', async () => {
    const half = await drawnBy(page, PRUNED);
    assert.equal((await traceOf<Scatter>(page, PRUNED)).x.length, 3 * 3 * 3 * 4);
    await editCell(page, PRUNED, '0.5', '0.25');
    await runCell(page, PRUNED);
    const quarter = await drawnBy(page, PRUNED);
    assert.equal((await traceOf<Scatter>(page, PRUNED)).x.length, 3 * 3 * 3 * 6);
    assert.notDeepEqual(half.png, quarter.png);
    assert.match(String(await titleOf(page, PRUNED)), /^percent 0\.25/);
  });

  await t.test('after twenty runs of its cell it is there, and the others, too', async () => {
    for (let i = 0; i < 20; i++) await runCell(page, SMALL);
    for (const cell of figures) {
      assert.ok((await drawnBy(page, cell)).vividShare > 0.01, `cell ${cell} is blank`);
    }
  });

  await t.test('after saving and loading again it is there before anything is run', async () => {
    await save(page);
    await page.reload();
    await untilReady(page);
    for (const cell of figures) {
      assert.ok((await drawnBy(page, cell)).vividShare > 0.01, `cell ${cell} is blank`);
    }
    assertWeights(await traceOf<Scatter>(page, SMALL), layerWeight(net, 'conv1', 'kernel'));
  });

  assert.deepEqual(trouble, []);
  assert.deepEqual(jupyter.foreign(), []);
  await closeNotebook(page);
});

/** Every point must be a weight, with its value; the colours must reach as far below zero as above. */
function assertWeights({ x, y, z, marker }: Scatter, kernel: tf.Tensor): void {
  const [, width, ins, outs] = kernel.shape;
  const values = kernel.dataSync();
  const weights = x.map((out, i) => values[(z[i] * ins + y[i]) * outs + out]);
  const wrong = weights.filter((weight, i) => !isClose(marker.color[i], weight)).length;
  assert.equal(width, 3);
  assert.equal(wrong, 0, `${wrong} of ${weights.length} points have another value`);
  assert.equal(marker.cmin, -marker.cmax);
  assert.ok(isClose(marker.cmax, Math.max(...weights.map(Math.abs))), `colours up to ${marker.cmax}`);
  const places = x.map((out, i) => `${out} ${y[i]} ${z[i]}`);
  assert.equal(new Set(places).size, x.length, 'no weight is drawn twice');
}

/** Every height must be the L1 norm of the kernel between an in and an out channel. */
function assertNorms({ z }: Surface, kernel: tf.Tensor): void {
  const norms = kernel.abs().sum([0, 1]).arraySync() as number[][];
  assert.deepEqual([z.length, z[0].length], kernel.shape.slice(2));
  const wrong = norms.flatMap((row, i) => row.filter((norm, out) => !isClose(z[i][out], norm))).length;
  assert.equal(wrong, 0, `${wrong} heights are no norms`);
}

/** Figures carry four digits. */
function isClose(found: number, value: number): boolean {
  return Math.abs(found - value) <= 1e-3 * Math.abs(value);
}

function notebookOf(sources: string[]): object {
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${i}`,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
  return { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}
