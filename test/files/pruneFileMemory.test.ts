import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { test } from 'node:test';
import { weightBytes } from '../../src/files/weightBytes';
import { temporaryDirectory } from './models';

const MB = 2 ** 20;
/** The largest of `measurePruneFile`'s layers. */
const LARGEST = 4 * 9 * 724 * 724;

test('pruning from file to file needs less than twice the largest layer; by way of memory it needs more', (t) => {
  const dir = temporaryDirectory(t);
  const source = path.join(dir, 'model');
  // The model is made in a process of its own, too: on Linux a child's peak begins with that of its parent.
  const [, files, memory] = ['make', 'files', 'memory'].map((way) => {
    const script = path.join(__dirname, 'measurePruneFile.ts');
    const args = ['-r', 'ts-node/register/transpile-only', script, way, source, path.join(dir, way)];
    return Number(execFileSync(process.execPath, args).toString());
  });
  const inMegabytes = [weightBytes(source), 2 * LARGEST, files, memory].map((bytes) =>
    (bytes / MB).toFixed(1),
  );
  t.diagnostic(`MB of weights, limit, from file to file, by way of memory: ${inMegabytes.join(', ')}`);
  assert.ok(weightBytes(source) > 15 * LARGEST);
  assert.ok(files < 2 * LARGEST, `${files / MB} MB`);
  assert.ok(memory > 2 * LARGEST, `${memory / MB} MB`);
});
