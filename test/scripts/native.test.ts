import * as assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';

const NATIVE = path.resolve(__dirname, '../../scripts/native');
const { fetchWheel } = require('../../scripts/native/fetchWheel');
const { findCompiler } = require('../../scripts/native/findTools');
const { mayAsk } = require('../../scripts/native/offerNative');
const { unpack } = require('../../scripts/native/unpack');
const { wheelFor } = require('../../scripts/native/wheels');

function temporaryFolder(t: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'native test '));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('there is a wheel for Linux and for Macs with their own processors, and none for the others', () => {
  const found = ['linux-x64', 'linux-arm64', 'darwin-arm64'].map((name) => wheelFor(...name.split('-')));
  assert.deepEqual(
    found.map(({ requirement, libraries }) => [requirement.split('==')[0], libraries[0]]),
    [
      ['tensorflow-cpu', 'libtensorflow_cc.so.2'],
      ['tensorflow', 'libtensorflow_cc.so.2'],
      ['tensorflow', 'libtensorflow_cc.2.dylib'],
    ],
  );
  for (const { sha256 } of found) assert.match(sha256, /^[0-9a-f]{64}$/);
  assert.equal(wheelFor('win32', 'x64'), undefined);
  assert.equal(wheelFor('darwin', 'x64'), undefined);
});

test('npm start asks only on a terminal, only once, and only where there is something to install', () => {
  const asked = { wheel: {}, answered: false, installed: false, terminal: true, env: {} };
  assert.equal(mayAsk(asked), true);
  for (const change of [
    { wheel: undefined },
    { answered: true },
    { installed: true },
    { terminal: false },
    { env: { CI: 'true' } },
  ]) {
    assert.equal(mayAsk({ ...asked, ...change }), false, JSON.stringify(change));
  }
});

test('a staging folder is gone after success, after a failure and after Ctrl-C; one of a killed run goes next time', {
  skip: process.platform === 'win32' && 'there Ctrl-C cannot be sent',
}, async (t) => {
  const root = temporaryFolder(t);
  const code = (work: string) =>
    `require(${JSON.stringify(path.join(NATIVE, 'staging'))}).withStaging(${work}, ${JSON.stringify(root)})`;
  const run = (work: string) => spawnSync(process.execPath, ['-e', code(work)], { encoding: 'utf8' });
  const left = () => fs.readdirSync(root);

  assert.equal(run("async (folder) => require('fs').writeFileSync(folder + '/x', '')").status, 0);
  assert.deepEqual(left(), []);
  assert.notEqual(run("async () => { throw new Error('stop') }").status, 0);
  assert.deepEqual(left(), []);

  for (const [signal, remains] of [
    ['SIGKILL', 1],
    ['SIGINT', 0],
  ] as const) {
    const forever = code("() => new Promise(() => setInterval(() => console.log('on'), 50))");
    const child = spawn(process.execPath, ['-e', forever], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    // SIGINT comes second: by then the folder that SIGKILL left must be gone, too
    assert.equal(left().length, 1);
    child.kill(signal);
    await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(left().length, remains, signal);
  }
});

test('only the files asked for are unpacked, and a damaged archive is an error', async (t) => {
  const folder = temporaryFolder(t);
  const zip = path.join(folder, 'a.zip');
  fs.writeFileSync(zip, Buffer.from(ZIP, 'base64'));
  const count = await unpack(zip, (name: string) =>
    name.startsWith('keep/') ? path.join(folder, 'out', name) : undefined,
  );
  assert.equal(count, 1);
  assert.deepEqual(fs.readdirSync(path.join(folder, 'out'), { recursive: true }).sort(), ['keep', path.join('keep', 'a.txt')]); // biome-ignore format: one line
  assert.equal(fs.readFileSync(path.join(folder, 'out', 'keep', 'a.txt'), 'utf8'), 'channel '.repeat(9));
  fs.writeFileSync(zip, Buffer.from(ZIP, 'base64').subarray(0, 60));
  await assert.rejects(unpack(zip, () => undefined));
});

test('pip is told the hash, and its failure keeps nothing', {
  skip: process.platform === 'win32' && 'needs a POSIX script',
}, async (t) => {
  const folder = temporaryFolder(t);
  const pip = path.join(folder, 'pip');
  const work = path.join(folder, 'work');
  fs.mkdirSync(work);
  const wheel = { requirement: 'x==1', platform: 'any', sha256: 'abc' };
  fs.writeFileSync(pip, '#!/bin/sh\ncat "$PWD/none" "$(echo "$@" | sed "s/.*-r //")" >&2\nexit 1\n', { mode: 0o755 }); // biome-ignore format: one line
  await assert.rejects(fetchWheel([pip], wheel, work), /pip could not fetch TensorFlow/);
  assert.equal(fs.readFileSync(path.join(work, 'requirements.txt'), 'utf8'), 'x==1 --hash=sha256:abc\n');
});

test('CXX names the compiler, and one that is not there counts as none', async () => {
  assert.deepEqual(await findCompiler({ CXX: `${process.execPath}` }), [process.execPath]);
  assert.equal(await findCompiler({ CXX: 'no-such-compiler' }), undefined);
});

test('npm run native refuses arguments that it does not know', () => {
  const script = path.resolve(NATIVE, '../native.js');
  const { status, stderr } = spawnSync(process.execPath, [script, '--force'], { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.equal(stderr, 'Unknown argument "--force". Allowed: --remove\n');
});

test('an addon that does not load leaves the engine to wasm, with the reason', (t) => {
  const addon = path.join(temporaryFolder(t), 'broken.node');
  fs.writeFileSync(addon, 'not a library');
  const code =
    "require('./src/backend/useBackend').useBackend().then((choice) => console.log(JSON.stringify(choice)))";
  const out = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', code], {
    cwd: path.resolve(NATIVE, '../..'),
    env: { ...process.env, PRUNING_BACKEND: '', PRUNING_NATIVE_ADDON: addon },
    encoding: 'utf8',
  });
  const { name, reason } = JSON.parse(out);
  assert.equal(name, 'wasm');
  assert.match(reason, /^@tensorflow\/tfjs-node failed to load: /);
});

/** keep/a.txt (compressed) and leave/b.txt. */
const ZIP =
  'UEsDBBQAAAAIAKiFeF1HsC0UDQAAAEgAAAAKAAAAa2VlcC9hLnR4dEvOSMzLS81RSKaQBgBQSwMEFAAAAAgAqIV4XfnvvnEDAAAAAQAAAAsAAABsZWF2ZS9iLnR4dEsCAFBLAQIUAxQAAAAIAKiFeF1HsC0UDQAAAEgAAAAKAAAAAAAAAAAAAACAAQAAAABrZWVwL2EudHh0UEsBAhQDFAAAAAgAqIV4XfnvvnEDAAAAAQAAAAsAAAAAAAAAAAAAAIABNQAAAGxlYXZlL2IudHh0UEsFBgAAAAACAAIAcQAAAGEAAAAAAA==';
