import * as assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { execute } from './execute';
import * as nb from './notebook';
import { chosenLessons, chosenPercents } from './settings';

/** As many as the smallest machine we count on has cores. */
const AT_A_TIME = 2;

describe('every lesson, top to bottom on the real kernel through Jupyter,', {
  concurrency: AT_A_TIME,
}, () => {
  for (const file of chosenLessons()) {
    const notebook = nb.readNotebook(file);
    const net = notebook.metadata.course?.net;
    const [committed] = nb.percentsOf(notebook);
    const others = committed === undefined ? [] : chosenPercents().filter((percent) => percent !== committed);

    for (const percent of [committed, ...others]) {
      const counts = net && percent !== undefined ? ' and displays the right parameter counts' : '';
      it(`${nb.nameOf(file)} runs with percent ${percent}${counts}`, async (test) => {
        const run = await execute(percent === undefined ? notebook : nb.withPercent(notebook, percent));
        if (!run.ok) {
          const { cell, message } = run.failure;
          assert.fail(`${nb.nameOf(file)} with percent ${percent}, code cell ${cell ?? '?'}:\n${message}`);
        }
        test.diagnostic(`${run.seconds.toFixed(1)} s`);
        if (net && percent !== undefined) {
          assert.deepEqual(nb.displayedParameters(run.notebook), nb.expectedParameters(net, percent));
        }
      });
    }

    it(`${nb.nameOf(file)} calls its own solutions correct`, async () => {
      const run = await execute(nb.withSolutions(notebook));
      assert.ok(run.ok, run.ok ? '' : `code cell ${run.failure.cell}:\n${run.failure.message}`);
      const exercises = nb.exerciseResults(notebook).map((result) => result.split(':')[0]);
      assert.ok(exercises.length >= 2, 'a lesson has two exercises or more');
      assert.deepEqual(
        nb.exerciseResults(run.notebook),
        exercises.map((exercise) => `${exercise}: correct.`),
      );
    });
  }
});
