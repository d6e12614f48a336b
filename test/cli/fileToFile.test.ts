import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { before, test } from 'node:test';
import { useBackend } from '../../src/backend/useBackend';
import { parseOptions } from '../../src/cli/parseOptions';
import { pruneModel } from '../../src/cli/pruneModel';
import type { Terminal } from '../../src/cli/terminal';
import { usableMemory } from '../../src/cli/usableMemory';
import { contents } from '../files/models';
import { cli, refuses, saved } from './runCli';

before(() => useBackend('cpu'));

const FORCED = 'From file to file, one weight at a time: --file-to-file asks for it.\n';

test('says and writes from file to file what it says and writes from memory', async (t) => {
  const { dir, json } = await saved(t);
  const [out, plan] = [path.join(dir, 'out'), path.join(dir, 'plan.json')];
  for (const flags of [
    ['--percent', '0.3', '--plan', plan, '--save', '--out', out],
    ['--ignore', 'conv1', '--prune-outputs', '--save', '--out', out],
    ['--plan', plan, '--apply', '--save', '--out', out],
    ['--percent', '0'],
  ]) {
    const args = ['--model', json, '--force', ...flags];
    fs.rmSync(out, { recursive: true, force: true });
    const inMemory = await cli(...args);
    const files = contents(dir);
    fs.rmSync(out, { recursive: true, force: true });
    const fromFiles = await cli(...args, '--file-to-file');
    assert.equal(fromFiles.out.split(FORCED).length, 2, fromFiles.out);
    assert.deepEqual({ ...fromFiles, out: fromFiles.out.replace(FORCED, '') }, inMemory);
    assert.deepEqual([inMemory.code, contents(dir)], [0, files]);
  }
});

test('--json says which way was taken', async (t) => {
  const { json } = await saved(t);
  const [inMemory, fromFiles] = [
    await cli('--model', json, '--json'),
    await cli('--model', json, '--json', '--file-to-file'),
  ].map(({ out }) => JSON.parse(out));
  assert.deepEqual([inMemory.fileToFile, fromFiles.fileToFile], [false, true]);
  assert.deepEqual([fromFiles.plan, fromFiles.comparison], [inMemory.plan, inMemory.comparison]);
});

test('what is no layers model, or whose weights are not whole, is one line, and nothing is written', async (t) => {
  const { dir, json } = await saved(t);
  const tries = (message: string) =>
    refuses(dir, ['--model', json, '--file-to-file', '--save', '--out', path.join(dir, 'out')], message);
  const shard = path.join(path.dirname(json), 'weights1-shard1of1.bin');
  for (const size of [3212, 3220]) {
    fs.truncateSync(shard, size);
    await tries(`The weights file '${shard}' should have 3216 bytes, but has ${size}.`);
  }
  fs.unlinkSync(shard);
  await tries(`The weights file '${shard}' is missing.`);
  const text = fs.readFileSync(json, 'utf8');
  fs.writeFileSync(json, text.replace('"layers-model"', '"other"'));
  await tries(`'${json}' cannot be loaded: its format is 'other', and only 'layers-model' is supported.`);
  fs.unlinkSync(json);
  await tries(`No model can be loaded from '${json}': there is no such file.`);
  fs.writeFileSync(json, text.slice(0, 500));
  const { code, err } = await cli('--model', json, '--file-to-file');
  assert.equal(code, 2);
  assert.match(err, /^'.*' cannot be loaded: it is cut short \(.+\)\.\n$/);
});

/** The lines of a run on a machine of that memory. */
async function linesOf(json: string, memory: number): Promise<string[]> {
  const lines: string[] = [];
  const terminal: Terminal = { result: (text) => lines.push(text), note() {}, status() {} };
  const options = { ...parseOptions(['--prune', '--model', json, '--backend', 'cpu']), model: json };
  await pruneModel(options, terminal, () => memory);
  return lines;
}

test('weights of more than half of the memory are not loaded, and one line says so', async (t) => {
  const { json } = await saved(t);
  const loaded = await linesOf(json, 2 * 3216);
  const stored = await linesOf(json, 2 * 3216 - 1);
  assert.deepEqual(stored, [
    loaded[0],
    'From file to file, one weight at a time: its weights have 3.2 kB, more than half of the 6.4 kB of memory ' +
      'that the cpu engine can use.',
    ...loaded.slice(1),
  ]);
});

test("the memory is the machine's, a container's limit, or the heap of wasm, whichever is smallest", () => {
  const [giga, noLimit] = [2 ** 30, 2 ** 64];
  assert.equal(usableMemory('cpu', 16 * giga, 0), 16 * giga);
  assert.equal(usableMemory('native', 16 * giga, noLimit), 16 * giga);
  assert.equal(usableMemory('native', 16 * giga, 3 * giga), 3 * giga);
  assert.equal(usableMemory('wasm', 16 * giga, 0), 4 * giga);
  assert.equal(usableMemory('wasm', 16 * giga, 3 * giga), 3 * giga);
  assert.equal(usableMemory('wasm', 2 * giga, noLimit), 2 * giga);
  assert.ok(usableMemory('cpu') > giga / 4);
});
