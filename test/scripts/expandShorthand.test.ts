import * as assert from 'node:assert/strict';
import { test } from 'node:test';

const { writtenOut } = require('../../scripts/kernel/expandShorthand');

test('a short property is written out, wherever it stands', () => {
  assert.equal(
    writtenOut('const s = prune(net, { percent, pruneOutputs: true, seed });'),
    'const s = prune(net, { percent: percent, pruneOutputs: true, seed: seed });',
  );
  assert.equal(writtenOut('f({ a: { $b1 } }); // { c }'), 'f({ a: { $b1: $b1 } }); // { c }');
});

test('a pattern that assigns to a variable, with or without a default, is written out as well', () => {
  assert.equal(writtenOut('({ a, b = 1 } = value);'), '({ a: a, b: b = 1 } = value);');
});

test('what is not a short property stays as it is', () => {
  for (const source of [
    "const text = '{ percent }';",
    'const { percent } = options;',
    'const f = ({ percent }: Options) => percent;',
    "import { prune } from './src/index';",
  ]) {
    assert.equal(writtenOut(source), source);
  }
});

test('a cell that is not finished does no harm', () => {
  assert.equal(writtenOut('const broken = { percent'), 'const broken = { percent: percent');
});
