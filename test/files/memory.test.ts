import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { before, test } from 'node:test';
import { temporaryDirectory } from './models';

const MB = 2 ** 20;
/** What the project promises beyond the models themselves. */
const LIMIT = 64 * MB;

let bytes: Record<'weights' | 'saving' | 'loading' | 'pruned' | 'pruning' | 'stock', number>;

before((t) => {
  const script = path.join(__dirname, 'measureSaving.ts');
  const dir = temporaryDirectory(t as Parameters<typeof temporaryDirectory>[0]);
  const output = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', script, dir]);
  bytes = JSON.parse(output.toString());
});

test('the measurement sees the copies that TensorFlow.js makes when it saves', () => {
  assert.ok(bytes.stock > bytes.weights, `${bytes.stock / MB} MB`);
});

test('saving needs at most 64 MB beyond the model', () => {
  assert.ok(bytes.saving < LIMIT, `${bytes.saving / MB} MB`);
});

test('loading needs at most 64 MB beyond the model that it makes', () => {
  assert.ok(bytes.loading - bytes.weights < LIMIT, `${(bytes.loading - bytes.weights) / MB} MB`);
});

test('pruning needs at most 64 MB beyond the model and the pruned one', () => {
  assert.ok(bytes.pruning - bytes.pruned < LIMIT, `${(bytes.pruning - bytes.pruned) / MB} MB`);
});
