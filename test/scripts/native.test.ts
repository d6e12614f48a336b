import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeNative } from './fakeNative';

const { installNative } = require('../../scripts/native/installNative');
const ROOT = path.resolve(__dirname, '../..');
const ENGINE = [
  '.native/deps/lib/libomp.so.5',
  '.native/deps/lib/libtensorflow_cc.so.2',
  '.native/deps/lib/libtensorflow_framework.so.2',
  '.native/lib/napi-v8/tfjs_binding.node',
];

describe('npm run native', () => {
  let fake: FakeNative;
  beforeEach(() => {
    fake = new FakeNative();
    mock.method(console, 'log', () => {});
  });
  afterEach(() => {
    mock.restoreAll();
    fake.remove();
  });

  /** An addon works when it is there; without a name it is the one in the project. */
  const isThere = async (addon = path.join(fake.target, 'lib/napi-v8/tfjs_binding.node')) =>
    fs.existsSync(addon) ? undefined : 'it is not there';

  const install = (options = {}) =>
    installNative(new AbortController().signal, {
      target: fake.target,
      plan: fake.plan,
      tools: fake.tools,
      faultOf: isThere,
      ...options,
    });

  it('leaves the libraries and the addon, and nothing else', async () => {
    assert.equal(await install(), 'installed');
    assert.deepEqual(fake.files(), ENGINE);
    assert.deepEqual(fs.readdirSync(fake.project), ['.native']);
    assert.equal(fs.readFileSync(path.join(fake.project, ENGINE[1]), 'utf8'), 'the C library');
    assert.match(fake.read('headers'), /c_api\.h/);
    assert.doesNotMatch(fake.read('headers'), /op\.h/);
    assert.match(fake.read('pip-runs'), / --platform any tensorflow==1( --quiet)?\n$/);
  });

  it('fetches nothing when it works already', async () => {
    await install();
    assert.equal(await install(), 'there');
    assert.equal(fake.read('pip-runs').trim().split('\n').length, 1);
  });

  it('replaces one that does not work', async () => {
    fs.mkdirSync(path.join(fake.target, 'lib'), { recursive: true });
    fs.writeFileSync(path.join(fake.target, 'lib/broken'), '');
    assert.equal(await install(), 'installed');
    assert.deepEqual(fake.files(), ENGINE);
  });

  it('refuses a wheel with another hash, and keeps nothing of it', async () => {
    const plan = { own: false, wheel: { ...fake.plan.wheel, sha256: '00' } };
    await assert.rejects(install({ plan }), {
      name: 'Error',
      message:
        /with wasm\. .*tensorflow-1\.whl is not the published one: its sha256 is \w{64} instead of 00\.$/,
    });
    assert.deepEqual(fs.readdirSync(fake.project), []);
    assert.equal(fake.has('headers'), false);
  });

  it('keeps nothing that does not compute', async () => {
    const faultOf = async () => '1*4 gave 5';
    await assert.rejects(install({ faultOf }), { message: /goes on with wasm\. The wheel: 1\*4 gave 5$/ });
    assert.deepEqual(fs.readdirSync(fake.project), []);
  });

  it("names the compiler's error", async () => {
    fake.file('compiler-fails');
    await assert.rejects(install(), { message: /\) failed: x\.cc:1: error: no such thing$/ });
    assert.deepEqual(fs.readdirSync(fake.project), []);
  });

  it('makes one line of what the system refuses, as on a full disk', async () => {
    fake.file('pip-fetches-nothing');
    await assert.rejects(install(), { message: /goes on with wasm\. The wheel: EISDIR: .*$/ });
    assert.deepEqual(fs.readdirSync(fake.project), []);
  });

  it('says in one line what is missing, and fetches nothing', async () => {
    const tools = { missing: ['pip', 'a C++ compiler'] };
    await assert.rejects(install({ tools }), {
      message:
        'No native engine here, the course goes on with wasm. The wheel: it needs pip, and a C++ compiler',
    });
    assert.equal(fake.has('pip-runs'), false);
  });

  it('says in one line where there is none for the system', async () => {
    const message = `No native engine here, the course goes on with wasm. there is none for ${process.platform} ${process.arch}`;
    await assert.rejects(install({ plan: null }), { message });
    assert.deepEqual(fs.readdirSync(fake.project), []);
  });

  describe('interrupted', () => {
    const DRIVER = `
const { installNative } = require(${JSON.stringify(path.join(ROOT, 'scripts/native/installNative'))});
const { interruptible } = require(${JSON.stringify(path.join(ROOT, 'scripts/native/interruptible'))});
const faultOf = async (addon) => (addon ? undefined : 'absent');
const options = { ...JSON.parse(process.argv[2]), faultOf };
interruptible((signal) => installNative(signal, options)).then((code) => { process.exitCode = Number(code); });
`;

    /** Runs it in a process of its own until it hangs in a tool, and sends a signal there. */
    async function interrupt(where: string, signal: 'SIGINT' | 'SIGKILL') {
      const hangs = fake.file(`${where}-hangs`);
      const options = JSON.stringify({ target: fake.target, plan: fake.plan, tools: fake.tools });
      const child = spawn(process.execPath, [fake.file('driver.js', DRIVER), options], { stdio: 'pipe' });
      let out = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      for (let tries = 0; !fake.has('hanging') && tries < 200; tries++) await sleep(50);
      child.kill(signal);
      // Of a killed process the tool lives on, and holds its pipes.
      if (signal === 'SIGKILL') child.stdout.destroy();
      const code = signal === 'SIGKILL' ? null : await ended;
      fs.rmSync(hangs);
      return { code, out };
    }

    for (const where of ['pip', 'compiler']) {
      it(`by Ctrl-C in the ${where}: nothing is left`, async () => {
        const { code, out } = await interrupt(where, 'SIGINT');
        assert.equal(code, 130);
        assert.match(out, /Interrupted: nothing was left behind\./);
        assert.deepEqual(fs.readdirSync(fake.project), []);
      });

      it(`by a kill in the ${where}: the next run removes what was left, and installs`, async () => {
        await interrupt(where, 'SIGKILL');
        const left = fs.readdirSync(fake.project);
        assert.equal(left.length, 1);
        assert.match(left[0], /^\.native\.\d+$/);
        assert.equal(await install(), 'installed');
        assert.deepEqual(fs.readdirSync(fake.project), ['.native']);
        assert.deepEqual(fake.files(), ENGINE);
      });
    }
  });

  describe('as a command', () => {
    const run = (...args: string[]) => {
      const argv = [path.join(fake.project, 'scripts/native.js'), ...args];
      return spawnSync(process.execPath, argv, { encoding: 'utf8' });
    };
    beforeEach(() => {
      fs.cpSync(path.join(ROOT, 'scripts'), path.join(fake.project, 'scripts'), { recursive: true });
      fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(fake.project, 'node_modules'), 'junction');
    });

    it('removes the engine, what killed runs left, and nothing else', () => {
      for (const name of ['.native/lib', '.native.77/download', '.jupyter']) {
        fs.mkdirSync(path.join(fake.project, name), { recursive: true });
      }
      fs.writeFileSync(path.join(fake.project, '.jupyter/native-answer'), 'no\n');
      const { status, stdout } = run('--remove');
      assert.deepEqual([status, stdout], [0, 'The native engine is gone.\n']);
      assert.deepEqual(fs.readdirSync(fake.project).sort(), ['.jupyter', 'node_modules', 'scripts']);
      assert.deepEqual(fs.readdirSync(path.join(fake.project, '.jupyter')), ['native-answer']);
      assert.equal(run('--remove').stdout, 'There is no native engine in .native.\n');
    });

    it('names an unknown argument and those that are allowed', () => {
      const { status, stderr } = run('--remove', '--all');
      assert.equal(status, 2);
      assert.equal(stderr, 'Unknown argument "--all". Allowed: --remove\n');
    });
  });
});
