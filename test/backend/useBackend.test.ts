import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { createTensor } from '../../src/backend/createTensor';
import { readRows, readValues } from '../../src/backend/readValues';
import { tf } from '../../src/backend/tf';
import { backendLine, useBackend } from '../../src/backend/useBackend';
import { ENGINES } from '../engines';

const root = path.join(__dirname, '..', '..');

/** What a fresh process prints that imports the library, starts an engine and computes. */
function inFreshProcess(environment: NodeJS.ProcessEnv = {}): { out: string; failed: boolean } {
  const script =
    "const { useBackend, backendLine, tf } = require('./src/index');" +
    'useBackend().then((choice) => { console.log(backendLine(choice)); tf.ones([2]).add(1).print(); })' +
    '.catch((error) => { console.log(String(error)); process.exit(1); });';
  const options = { cwd: root, env: { ...process.env, ...environment }, encoding: 'utf8' as const };
  try {
    const out = execFileSync(
      process.execPath,
      [
        '-r',
        'ts-node/register/transpile-only',
        '-e',
        `process.stderr.write = process.stdout.write.bind(process.stdout); ${script}`,
      ],
      options,
    );
    return { out, failed: false };
  } catch (error) {
    return { out: (error as { stdout: string }).stdout, failed: true };
  }
}

test('one quiet line says which engine computes and why', () => {
  const { out } = inFreshProcess({ PRUNING_BACKEND: '' });
  assert.match(
    out,
    /^Engine: (native|wasm) \(.*\), because .*@tensorflow\/tfjs-node.*\.\nTensor\n {4}\[2, 2\]\n$/,
  );
});

test('where wasm computes because native cannot, the line names the command that installs it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'without-native-'));
  try {
    const hide = path.join(folder, 'hide.js');
    const lines = [
      "const Module = require('node:module');",
      'const load = Module._load;',
      'Module._load = (name, ...rest) => {',
      "  if (name === '@tensorflow/tfjs-node') throw new Error('hidden');",
      '  return load(name, ...rest);',
      '};',
    ];
    writeFileSync(hide, lines.join('\n'));
    const { out } = inFreshProcess({ PRUNING_BACKEND: '', NODE_OPTIONS: `--require "${hide}"` });
    const command = process.platform === 'win32' ? '' : '; "npm run native" installs the faster one';
    const reason = `@tensorflow/tfjs-node failed to load: hidden${command}`;
    assert.match(out, /^Engine: wasm/);
    assert.equal(out.split('\n')[0], `Engine: wasm (WebAssembly), because ${reason}.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the environment variable PRUNING_BACKEND forces an engine', () => {
  const { out } = inFreshProcess({ PRUNING_BACKEND: 'cpu' });
  assert.match(out, /^Engine: cpu \(JavaScript\), because PRUNING_BACKEND asks for it\.\nTensor/);
});

test('an unknown engine in the environment is an error that names the variable and the engines', () => {
  const { out, failed } = inFreshProcess({ PRUNING_BACKEND: 'gpu' });
  assert.ok(failed);
  assert.equal(
    out,
    "RangeError: Unknown backend 'gpu' (from the environment variable PRUNING_BACKEND). Allowed: native, wasm, cpu.\n",
  );
});

test('useBackend answers the engine that was asked for', async () => {
  const choice = await useBackend('cpu');
  assert.equal(backendLine(choice), 'Engine: cpu (JavaScript), because asked for.');
  assert.equal(tf.getBackend(), 'cpu');
  await assert.rejects(useBackend('gpu' as 'cpu'), {
    name: 'RangeError',
    message: "Unknown backend 'gpu'. Allowed: native, wasm, cpu.",
  });
  assert.equal(tf.getBackend(), 'cpu');
});

for (const backend of ENGINES) {
  test(`createTensor and readValues hand values over as they are (${backend})`, async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const tensor = createTensor([2, 3], (values) => {
      values.forEach((_, index) => {
        values[index] = index * 1.5;
      });
    });
    assert.deepEqual(tensor.arraySync(), [
      [0, 1.5, 3],
      [4.5, 6, 7.5],
    ]);
    assert.deepEqual(Array.from(readValues(tensor)), [0, 1.5, 3, 4.5, 6, 7.5]);
    const rows: number[] = [];
    readRows(tensor, (values, firstRow) => rows.push(firstRow, ...values));
    assert.deepEqual(rows, [0, 0, 1.5, 3, 4.5, 6, 7.5]);
    assert.deepEqual(
      tf.tidy(() => tensor.mul(2).add(1).arraySync()),
      [
        [1, 4, 7],
        [10, 13, 16],
      ],
    );
    tensor.dispose();
    assert.throws(
      () =>
        createTensor([4], () => {
          throw new Error('stop');
        }),
      /stop/,
    );
    assert.equal(tf.memory().numTensors, before);
  });
}
