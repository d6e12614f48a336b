import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { storedZip } from './storedZip';

const WHEEL = {
  'tensorflow/libtensorflow_cc.so.2': 'the C library',
  'tensorflow/libtensorflow_framework.so.2': 'its framework',
  'tensorflow.libs/libomp.so.5': 'what it needs besides',
  'tensorflow/include/tensorflow/c/c_api.h': 'a header that is needed',
  'tensorflow/include/tensorflow/core/framework/op.h': 'a header that is not',
  'tensorflow/python/__init__.py': 'not needed either',
};
const PIP = `
const fs = require('node:fs'), path = require('node:path');
fs.appendFileSync(path.join(__dirname, 'pip-runs'), process.argv.join(' ') + '\\n');
const folder = process.argv[process.argv.indexOf('--dest') + 1];
const file = path.join(folder, 'tensorflow-1.whl');
if (fs.existsSync(path.join(__dirname, 'pip-hangs'))) {
  fs.writeFileSync(file, 'half');
  console.log('hanging');
  fs.writeFileSync(path.join(__dirname, 'hanging'), '');
  setTimeout(() => {}, 20_000);
} else if (!fs.existsSync(path.join(__dirname, 'pip-fetches-nothing'))) {
  fs.copyFileSync(path.join(__dirname, 'wheel'), file);
}
`;
const COMPILER = `
const fs = require('node:fs'), path = require('node:path');
const target = process.argv[process.argv.indexOf('-o') + 1];
const headers = process.argv.filter((arg) => arg.startsWith('-I')).at(-1).slice(2);
fs.writeFileSync(path.join(__dirname, 'headers'), fs.readdirSync(headers, { recursive: true }).sort().join(' '));
fs.writeFileSync(target, 'the addon');
if (fs.existsSync(path.join(__dirname, 'compiler-hangs'))) {
  fs.writeFileSync(path.join(__dirname, 'hanging'), '');
  setTimeout(() => {}, 20_000);
} else if (fs.existsSync(path.join(__dirname, 'compiler-fails'))) {
  console.error('In file included from x:\\nx.cc:1: error: no such thing\\n1 error generated.');
  process.exit(1);
}
`;

/** A folder with a wheel of a few bytes, a pip that fetches it, a compiler, and a place for the engine. */
export class FakeNative {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'native test '));
  readonly project = path.join(this.folder, 'project');
  readonly target = path.join(this.project, '.native');
  readonly tools = {
    pip: [process.execPath, this.file('pip.js', PIP)],
    compiler: [process.execPath, this.file('compiler.js', COMPILER)],
    missing: [] as string[],
  };
  readonly plan: { own: boolean; wheel: Record<string, string | number> };

  constructor() {
    const wheel = storedZip(WHEEL);
    this.file('wheel', wheel);
    fs.mkdirSync(this.project);
    const sha256 = createHash('sha256').update(wheel).digest('hex');
    this.plan = {
      own: false,
      wheel: { name: 'tensorflow', version: '1', platform: 'any', sha256, fetch: 1, disk: 1 },
    };
  }

  /** Writes a file beside the tools; `pip-hangs`, `compiler-fails` and so on change what they do. */
  file(name: string, content: string | Buffer = ''): string {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, content);
    return file;
  }

  has(name: string): boolean {
    return fs.existsSync(path.join(this.folder, name));
  }

  read(name: string): string {
    return fs.readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** All files of the project, which has nothing but the engine. */
  files(): string[] {
    const names = fs.readdirSync(this.project, { recursive: true }).map(String);
    return names.filter((name) => fs.statSync(path.join(this.project, name)).isFile()).sort();
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
