import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import * as nb from './notebook';
import { chosenLessons } from './settings';

const MAX_BYTES = 1.5 * 1024 * 1024;
/** Tags that make a runner accept or skip a cell that fails. */
const HIDING_TAGS = ['raises-exception', 'skip-execution', 'nbval-skip', 'nbval-ignore-output'];

for (const file of chosenLessons()) {
  describe(`${nb.nameOf(file)}, as it is committed,`, () => {
    const notebook = nb.readNotebook(file);
    const code = nb.codeCells(notebook);

    it('has exactly one line "const percent = ...; // change me", and its value nowhere else', () => {
      const percents = nb.percentsOf(notebook);
      assert.equal(percents.length, 1, `${percents.length} such lines`);
      assert.deepEqual(nb.copiesOfPercent(notebook, percents[0]), []);
    });

    it('links only to files that exist', () => {
      const missing = nb
        .relativeLinks(notebook)
        .filter((link) => !fs.existsSync(path.join(path.dirname(file), link)));
      assert.deepEqual(missing, []);
    });

    it('was executed top to bottom on a fresh kernel, without an error', () => {
      const counts = code.map((cell) => cell.execution_count);
      const inOrder = code.map((_, i) => i + 1);
      assert.deepEqual(counts, inOrder, 'run: npm run notebooks');
      const errors = code.flatMap((cell) => cell.outputs ?? []).filter((o) => o.output_type === 'error');
      assert.deepEqual(errors, []);
    });

    it('leaves its exercises to the reader: every check says "not yet"', () => {
      const results = nb.exerciseResults(notebook);
      assert.ok(results.length >= 2, `${results.length} exercises`);
      assert.deepEqual(
        results.filter((result) => !result.endsWith(': not yet.')),
        [],
      );
    });

    it('shows no path of the machine it was executed on', () => {
      assert.deepEqual(code.flatMap(nb.textsOf).flatMap(nb.machinePaths), []);
    });

    it('names the kernel tslab', () => {
      const expected = {
        display_name: 'TypeScript (channel pruning)',
        language: 'typescript',
        name: 'tslab',
      };
      assert.deepEqual(notebook.metadata.kernelspec, expected);
    });

    it('has no tag that hides a failing cell', () => {
      const tags = notebook.cells.flatMap((cell) => cell.metadata.tags ?? []);
      assert.deepEqual(
        tags.filter((tag) => HIDING_TAGS.includes(tag)),
        [],
      );
    });

    it('is not larger than 1.5 MB', () => {
      const { size } = fs.statSync(file);
      assert.ok(size <= MAX_BYTES, `${size} bytes`);
    });
  });
}
