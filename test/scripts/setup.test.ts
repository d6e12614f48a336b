import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const { packagesState } = require('../../scripts/setup/packages');
const { findPython } = require('../../scripts/setup/python');
const { kernelspecFault, kernelspecFile, writeKernelspec } = require('../../scripts/setup/kernelspec');
const { installUserKernel, removeUserKernel, userDataDir } = require('../../scripts/setup/userKernel');
const ROOT = path.resolve(__dirname, '../..');

describe('set-up', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'set up '));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  function write(name: string, value: object): void {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), JSON.stringify(value));
  }

  describe('compares the npm packages with the lock file', () => {
    const locked = {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/for-another-system': { version: '2.0.0', optional: true },
    };
    const installed = (packages: object) => write('node_modules/.package-lock.json', { packages });

    beforeEach(() => write('package-lock.json', { packages: locked }));

    it('and calls an interrupted installation absent', () => {
      fs.mkdirSync(path.join(folder, 'node_modules/a'), { recursive: true });
      assert.equal(packagesState(folder), 'absent');
    });

    it('and does without optional ones', () => {
      installed({ 'node_modules/a': { version: '1.2.3' } });
      assert.equal(packagesState(folder), 'current');
    });

    it('and notices another version, a missing package, and another version of an optional one', () => {
      installed({ 'node_modules/a': { version: '1.2.4' } });
      assert.equal(packagesState(folder), 'outdated');
      installed({});
      assert.equal(packagesState(folder), 'outdated');
      installed({ ...locked, 'node_modules/for-another-system': { version: '1.0.0' } });
      assert.equal(packagesState(folder), 'outdated');
    });
  });

  describe('looks for Python', () => {
    /** A command that answers as `python -c ...` does. */
    const answering = (version: string) => [process.execPath, '-e', `console.log('${version}')`, '--'];

    it('and takes the first that is new enough', async () => {
      const candidates = [['no-such-python'], answering('3.9.18'), answering('3.10.0'), answering('3.14.1')];
      const found = await findPython(candidates);
      assert.equal(found.version, '3.10.0');
      assert.deepEqual(found.tried, [
        'no-such-python: not there',
        `${candidates[1].join(' ')}: 3.9.18, older than 3.10`,
      ]);
    });

    it('and says what it tried when there is none', async () => {
      const found = await findPython([['no-such-python'], ['py', '-no-such-version']]);
      assert.deepEqual(found, { tried: ['no-such-python: not there', 'py -no-such-version: not there'] });
    });
  });

  describe('registers the kernel', () => {
    const spec = () => JSON.parse(fs.readFileSync(kernelspecFile(folder), 'utf8'));
    const launcher = path.join(ROOT, 'scripts/kernel-launcher.js');

    it('with this Node and this project, under the name tslab', () => {
      const file = writeKernelspec(folder);
      assert.equal(file, path.join(folder, 'kernels/tslab/kernel.json'));
      assert.deepEqual(spec(), {
        argv: [process.execPath, launcher, '--config-path={connection_file}'],
        display_name: 'TypeScript (channel pruning)',
        language: 'typescript',
        interrupt_mode: 'signal',
      });
      assert.equal(kernelspecFault(spec()), undefined);
    });

    it('and says when Node or the project has moved since', () => {
      const fault = (argv: string[]) => kernelspecFault({ argv });
      assert.equal(fault(['/gone/node', launcher]), 'it names a Node that is gone: /gone/node');
      assert.equal(fault([process.execPath, '/old/x.js']), 'it starts another kernel: /old/x.js');
    });

    it('for the user, in place of another tslab, which comes back when it is removed', () => {
      const other = { argv: ['tslab', 'kernel'], display_name: 'TypeScript', language: 'typescript' };
      write('kernels/tslab/kernel.json', other);
      assert.equal(installUserKernel(folder).setAside, true);
      assert.equal(spec().argv[1], launcher);
      assert.equal(installUserKernel(folder).setAside, false);
      assert.equal(removeUserKernel(folder), 'restored');
      assert.deepEqual(spec(), other);
      assert.equal(removeUserKernel(folder), 'foreign');
      assert.deepEqual(spec(), other);
    });

    it('for the user, and removes it without a trace', () => {
      assert.equal(removeUserKernel(folder), 'absent');
      installUserKernel(folder);
      assert.equal(removeUserKernel(folder), 'removed');
      assert.deepEqual(fs.readdirSync(path.join(folder, 'kernels')), []);
    });

    it('where Jupyter looks on each system', () => {
      assert.equal(userDataDir({ JUPYTER_DATA_DIR: '/x' }, 'linux', '/home/ada'), '/x');
      assert.equal(userDataDir({}, 'linux', '/home/ada'), path.join('/home/ada', '.local/share/jupyter'));
      assert.equal(userDataDir({ XDG_DATA_HOME: '/d' }, 'linux', '/home/ada'), path.join('/d', 'jupyter'));
      assert.equal(userDataDir({}, 'darwin', '/Users/ada'), path.join('/Users/ada', 'Library/Jupyter'));
      const windows = userDataDir({ APPDATA: 'C:\\Roaming' }, 'win32', 'C:\\Users\\ada');
      assert.equal(windows, path.join('C:\\Roaming', 'jupyter'));
    });
  });
});
