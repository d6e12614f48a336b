import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const { shouldAsk } = require('../../scripts/native/offer');
const { planFor } = require('../../scripts/native/plan');
const { findCompiler, findPip } = require('../../scripts/native/tools');
const { compilerArguments } = require('../../scripts/native/compile');
const { targetOf } = require('../../scripts/native/unpack');

describe('the native engine', () => {
  it('has a way for each platform on which the files exist, and for no other', () => {
    const ways = (platform: string, arch: string, glibc = false) => {
      const plan = planFor(platform, arch, glibc);
      return plan && [plan.own, plan.wheel?.name, plan.wheel?.platform];
    };
    assert.deepEqual(ways('linux', 'x64', true), [true, 'tensorflow-cpu', 'manylinux_2_17_x86_64']);
    assert.deepEqual(ways('linux', 'arm64', true), [false, 'tensorflow', 'manylinux_2_17_aarch64']);
    assert.deepEqual(ways('darwin', 'arm64'), [false, 'tensorflow', 'macosx_12_0_arm64']);
    assert.deepEqual(ways('darwin', 'x64'), [true, undefined, undefined]);
    assert.equal(ways('linux', 'x64', false), undefined);
    assert.equal(ways('linux', 'arm', true), undefined);
    assert.equal(ways('win32', 'x64'), undefined);
  });

  it('is offered on a terminal, once, where it is not there and can be', () => {
    const situation = { terminal: true, ci: undefined, answered: false, installed: false, wheel: {} };
    assert.equal(shouldAsk(situation), true);
    const without = [
      { terminal: undefined },
      { ci: 'true' },
      { answered: true },
      { installed: true },
      { wheel: undefined },
    ];
    for (const change of without) assert.equal(shouldAsk({ ...situation, ...change }), false);
  });

  it('takes the libraries and the headers of the C interface out of the wheel, and nothing else', () => {
    const target = (name: string) => targetOf(name, { libraries: 'L', headers: 'H' });
    const library = (name: string) => path.join('L', name);
    assert.equal(target('tensorflow/libtensorflow_cc.so.2'), library('libtensorflow_cc.so.2'));
    assert.equal(
      target('tensorflow/libtensorflow_framework.2.dylib'),
      library('libtensorflow_framework.2.dylib'),
    );
    assert.equal(target('tensorflow.libs/libomp-1.so.5'), library('libomp-1.so.5'));
    assert.equal(target('tensorflow/include/tsl/c/tsl_status.h'), path.join('H', 'tsl/c/tsl_status.h'));
    for (const name of [
      'tensorflow.libs/',
      'tensorflow/include/tensorflow/core/public/session.h',
      'tensorflow/include/tensorflow/c/',
      'tensorflow/python/x.so',
      'tensorflow/xla_aot_runtime_src/tsl/platform/ctstring.h',
    ]) {
      assert.equal(target(name), undefined, name);
    }
  });

  it('links the addon to libraries that it finds beside itself, on each system in its own way', () => {
    const settings = { tfjsNode: 'T', headers: 'H', folder: 'F', addon: 'A' };
    const linux = compilerArguments(settings, 'linux');
    const mac = compilerArguments(settings, 'darwin');
    assert.ok(linux.includes('-Wl,-rpath,$ORIGIN/../../deps/lib') && linux.includes('-shared'));
    assert.ok(mac.includes('-Wl,-rpath,@loader_path/../../deps/lib') && mac.includes('dynamic_lookup'));
    assert.ok(linux.includes(path.join('F', 'deps/lib/libtensorflow_cc.so.2')));
    assert.ok(mac.includes(path.join('F', 'deps/lib/libtensorflow_cc.2.dylib')));
  });

  describe('looks for its tools', () => {
    let folder: string;
    beforeEach(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tools-'));
    });
    afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

    /** A command that prints a text, whatever its arguments. */
    const printing = (text: string) => [process.execPath, '-e', `console.log(${JSON.stringify(text)})`, '--'];

    it('and takes the first pip that is new enough', async () => {
      const [old, recent] = [printing('pip 20.2.4 from x (python 3.8)'), printing('pip 20.3 from y')];
      const [newer, noPip] = [
        printing('pip 23.0.1 from z'),
        [process.execPath, '-e', 'process.exit(1)', '--'],
      ];
      assert.deepEqual(await findPip([['no-such-python'], noPip, old, recent, newer]), [
        ...recent,
        '-m',
        'pip',
      ]);
      assert.equal((await findPip([old, newer]))?.[0], process.execPath);
      assert.equal(await findPip([['no-such-python'], noPip, old]), undefined);
    });

    it('and takes the compiler of CXX, else the first that runs', async () => {
      const works = `${process.execPath} --no-warnings`;
      assert.deepEqual(await findCompiler(works, ['no-such-compiler']), [process.execPath, '--no-warnings']);
      assert.equal(await findCompiler('no-such-compiler', [process.execPath]), undefined);
      assert.deepEqual(await findCompiler('', ['no-such-compiler', process.execPath]), [process.execPath]);
      assert.equal(await findCompiler('', ['no-such-compiler']), undefined);
    });
  });
});
