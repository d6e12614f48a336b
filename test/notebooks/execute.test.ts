import * as assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { execute } from './execute';
import { type Notebook, textsOf } from './notebook';

const { normalise } = require('../../scripts/notebooks/normalise');
const ROOT = require('../../scripts/setup/paths').ROOT as string;

function notebookOf(...sources: string[]) {
  const cells = sources.map((source, i) => ({
    ...{ cell_type: 'code', execution_count: null, id: `cell-${i}`, metadata: {}, outputs: [], source },
  }));
  const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
  return { cells, metadata: { kernelspec, course: { minutes: 5 } }, nbformat: 4, nbformat_minor: 5 };
}

describe('running a notebook', { concurrency: 2 }, () => {
  it('names the code cell that failed and its error, also after a cell that printed', async () => {
    const run = await execute(
      notebookOf('1', "console.log('before');\nthrow new RangeError('percent is 2');", '3'),
    );
    assert.ok(!run.ok);
    assert.equal(run.failure.cell, 2);
    assert.match(run.failure.message, /^-+ stdout -+\nbefore\n/);
    assert.match(run.failure.message, /\nRangeError: percent is 2\n/);
  });

  it('fails for a type error and for a rejection that nobody handles', async () => {
    const [types, rejection] = await Promise.all([
      execute(notebookOf("const n: number = 'one';")),
      execute(notebookOf("Promise.reject(new Error('lost')); 0")),
    ]);
    assert.ok(!types.ok && !rejection.ok);
    assert.match(
      types.failure.message,
      /TypeScriptError: 1:7 - Type 'string' is not assignable to type 'number'\.$/,
    );
    assert.match(
      rejection.failure.message,
      /UnhandledError: nothing in this cell waits for it\nError: lost\n/,
    );
  });

  it('gives outputs and counts that, normalised, are the same on every machine and in every run', async () => {
    const source = "console.log('one'); console.log(process.cwd() + '/out'); console.log('two')";
    const run = await execute(notebookOf(source, '6 * 7'));
    assert.ok(run.ok);
    const saved = normalise(run.notebook, 'lesson');
    assert.deepEqual(saved.cells, [
      {
        cell_type: 'code',
        execution_count: 1,
        id: 'cell-0',
        metadata: {},
        outputs: [{ name: 'stdout', output_type: 'stream', text: ['one\n', 'out\n', 'two\n'] }],
        source: [source],
      },
      {
        cell_type: 'code',
        execution_count: 2,
        id: 'cell-1',
        metadata: {},
        outputs: [{ name: 'stdout', output_type: 'stream', text: ['42\n'] }],
        source: ['6 * 7'],
      },
    ]);
    assert.deepEqual(saved.metadata.kernelspec, {
      display_name: 'TypeScript (channel pruning)',
      language: 'typescript',
      name: 'tslab',
    });
    assert.deepEqual(saved.metadata.course, { minutes: 5 });
    assert.equal(JSON.stringify(saved).includes(ROOT), false);
  });

  it('runs cells that import the library and compute', async () => {
    const source = [
      "import { tf, useBackend } from './src/index';",
      "await useBackend('cpu');",
      'tf.tensor([1, 2]).sum().dataSync()[0]',
    ].join('\n');
    const run = await execute(notebookOf(source));
    assert.ok(run.ok, JSON.stringify(run));
    assert.deepEqual((run.notebook as Notebook).cells.flatMap(textsOf), ['3\n']);
  });
});
