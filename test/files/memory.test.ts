import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { before, test } from 'node:test';
import { temporaryDirectory } from './models';

const MB = 2 ** 20;
/** What the project promises beyond the model, 64 MB, and what Node's own housekeeping may add meanwhile. */
const LIMIT = (64 + 16) * MB;

let bytes: Record<'weights' | 'saving' | 'loading' | 'stock', number>;

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
