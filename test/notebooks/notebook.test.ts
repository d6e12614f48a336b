import * as assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as nb from './notebook';

const ORIGINAL = { widths: [32, 64, 128, 256, 512, 1024, 2048, 4096], inChannels: 3, pruneOutputs: true };

function notebookOf(...sources: string[]): nb.Notebook {
  const cells = sources.map((source) => ({ cell_type: 'code' as const, source, metadata: {}, outputs: [] }));
  return { cells, metadata: {} };
}

describe('what the tests of the lessons look for', () => {
  it('counts the original net at 100,658,016 and 25,164,720, or 44.04M when its outputs stay', () => {
    assert.deepEqual(nb.expectedParameters(ORIGINAL, 0.5), { before: 100_658_016, after: 25_164_720 });
    const keeping = nb.expectedParameters({ ...ORIGINAL, pruneOutputs: false }, 0.5);
    assert.deepEqual(keeping, { before: 100_658_016, after: 44_039_088 });
  });

  it('expects the same count at percent 0, and one channel in every layer at most percents', () => {
    assert.equal(nb.expectedParameters(ORIGINAL, 0).after, 100_658_016);
    const narrow = { widths: [2, 4, 8], inChannels: 1, pruneOutputs: true };
    assert.equal(nb.expectedParameters(narrow, 0.99).after, 9 * (1 * 1 + 1 * 1 + 1 * 1));
  });

  it('counts a net of groups as the sum of its weights', () => {
    const net = { groups: { A: 10, B: 3 }, weights: [[27, 'A'], [4, 'A'], [9, 'A', 'B'], [5, 'B'], [5]] };
    const count = (a: number, b: number) => 27 * a + 4 * a + 9 * a * b + 5 * b + 5;
    assert.deepEqual(nb.expectedParameters(net, 0.5), { before: count(10, 3), after: count(5, 2) });
    assert.equal(nb.expectedParameters(net, 0.99).after, count(1, 1));
  });

  it('finds the percent line, changes it and nothing else', () => {
    const notebook = notebookOf(
      'const a = 1;',
      'const b = 2;\nconst percent = 0.5; // change me\nb * percent',
    );
    assert.deepEqual(nb.percentsOf(notebook), [0.5]);
    const changed = nb.withPercent(notebook, 0.99);
    assert.deepEqual(changed.cells.map(nb.sourceOf), [
      'const a = 1;',
      'const b = 2;\nconst percent = 0.99; // change me\nb * percent',
    ]);
  });

  it('finds copies of the value in any notation, and no other number', () => {
    const line = 'const percent = 0.5; // change me';
    const other = notebookOf(line, 'const x = 1.5;\nconst y = 10.5 + 0.55 + v0.5;');
    assert.deepEqual(nb.copiesOfPercent(other, 0.5), []);
    assert.deepEqual(nb.copiesOfPercent(notebookOf(`${line}\nprune(net, { percent: .50 })`), 0.5), [
      'prune(net, { percent: .50 })',
    ]);
  });

  it('reads the last displayed count, from a stream or from displayed text', () => {
    const notebook = notebookOf('a', 'b');
    notebook.cells[0].outputs = [{ output_type: 'stream', text: ['Parameters: 1,000 -> 250\n'] }];
    assert.deepEqual(nb.displayedParameters(notebook), { before: 1000, after: 250 });
    const data = { 'text/plain': 'Parameters: 2,000 -> 500' };
    notebook.cells[1].outputs = [{ output_type: 'display_data', data }];
    assert.deepEqual(nb.displayedParameters(notebook), { before: 2000, after: 500 });
    assert.equal(nb.displayedParameters(notebookOf('a')), undefined);
  });

  it('finds paths of a machine, and leaves web addresses, relative paths and pictures alone', () => {
    assert.deepEqual(nb.machinePaths("saved in '/home/ada/course/out' (C:\\Users\\ada\\out)"), [
      '/home/ada/course/out',
      'C:\\Users\\ada\\out',
    ]);
    const harmless = `https://example.org/home/x out/tmp/y src/usr/z ${'/tmp/'.repeat(40)}`;
    assert.deepEqual(nb.machinePaths(harmless), []);
  });

  it('finds relative links in Markdown and in HTML', () => {
    const notebook = notebookOf('[no](code.md)');
    const source = '[next](01-x.ipynb#top) [web](https://example.org) <img src="../a.png"> [here](#foot)';
    notebook.cells.push({ cell_type: 'markdown', source, metadata: {} });
    assert.deepEqual(nb.relativeLinks(notebook), ['01-x.ipynb', '../a.png']);
  });

  it('puts a solution in the place of its stub', () => {
    const stub = 'type A = 1;\n\nfunction f(a: A) {\n  return todo();\n}\n\ncheckExercise(f);';
    const notebook = notebookOf(stub, 'const n = undefined; // a number\ncheckExercise(n);');
    const fold = (code: string) => ({
      cell_type: 'markdown' as const,
      source: `<details><summary>Solution</summary>\n\n\`\`\`ts\n${code}\n\`\`\`\n</details>`,
      metadata: {},
    });
    notebook.cells.splice(1, 0, fold('function f(a: A) {\n  return $1;\n}'));
    notebook.cells.push(fold('const n = 3;'));
    const [f, , n] = nb.withSolutions(notebook).cells.map(nb.sourceOf);
    assert.equal(f, 'type A = 1;\n\nfunction f(a: A) {\n  return $1;\n}\n\ncheckExercise(f);');
    assert.equal(n, 'const n = 3;\ncheckExercise(n);');
  });
});
