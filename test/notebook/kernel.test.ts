import assert from 'node:assert/strict';
import * as path from 'node:path';
import { test } from 'node:test';
import { KernelClient } from '../scripts/kernelClient';

const ROOT = path.resolve(__dirname, '../..');

test('in a real cell, charts, progress and checks arrive as displays and nothing else is printed', async (t) => {
  const kernel = await KernelClient.start(ROOT);
  t.after(() => kernel.close());
  const imports = 'import * as lib from "./src/index";\nimport * as assert from "node:assert/strict";';
  const cells = await kernel.runAll([
    imports,
    'await lib.showVega(lib.channelNorms([3, 1, 2], { layer: "conv1", percent: 0.5 }))',
    'const step = lib.progress(2, "cutting"); step(1); step(2)',
    `function myNorms(x: number[]): number { return lib.todo(); }
lib.checkExercise("Exercise 1", myNorms, (norms) => assert.equal(norms([1]), 1, "wrong"))`,
    'lib.checkExercise("Exercise 2", (x: number) => x, (f) => assert.equal(f(1), 2, "f(1) is not the sum"))',
  ]);
  const outputs = cells.map(({ reply, published, stdout, stderr }) => {
    assert.equal(reply.status, 'ok', JSON.stringify(reply));
    assert.deepEqual([stdout, stderr], ['', '']);
    const displays = published.filter(({ type }) => type !== 'execute_input');
    return displays.map(({ type, content }) => [type, Object.keys(content.data), content.data['text/plain']]);
  });
  const html = ['text/html', 'text/plain'];
  const [imported, chart, ...others] = outputs;
  assert.deepEqual(imported, []);
  assert.deepEqual(chart[1], ['display_data', html, '']);
  assert.deepEqual(chart[0][1], ['application/vnd.vega.v5+json', 'image/png', 'text/plain']);
  assert.match(chart[0][2], /^\[Sorted L1 norms of the 3 output channels of conv1, .*\]$/);
  assert.deepEqual(others, [
    [
      ['display_data', html, 'cutting 1 of 2'],
      ['update_display_data', html, 'cutting 2 of 2'],
    ],
    [
      [
        'display_data',
        html,
        '○ Exercise 1: not yet. Write your code in place of the stub and run the cell again.',
      ],
    ],
    [['display_data', html, '✘ Exercise 2: not right yet: f(1) is not the sum']],
  ]);
});
