import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { checkOutput } from '../../src/cli/checkOutput';
import { fileList, outputFiles } from '../../src/cli/outputFiles';
import { parseOptions } from '../../src/cli/parseOptions';
import { writeFile } from '../../src/files/writeFile';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'output test '));

test('a run writes exactly the files that its flags ask for', () => {
  const list = (...args: string[]) =>
    fileList(outputFiles(parseOptions([...args, '--out', 'o']))).map((file) => file.replace(/\\/g, '/'));
  assert.deepEqual(list('--prune'), []);
  assert.deepEqual(list('--save'), ['o/original/model.json']);
  assert.deepEqual(list('--save', '--prune'), ['o/original/model.json', 'o/pruned/model.json']);
  assert.deepEqual(list('--plt', '--plt_3d', '--layer_name', 'conv2'), [
    'o/conv2.weight-histogram.png',
    'o/conv2.weight-histogram.html',
    'o/conv2.weight-3d.png',
    'o/conv2.weight-3d.html',
  ]);
});

test('existing files are named, and accepted with force', () => {
  const dir = temporary();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => path.join(dir, name));
  fs.writeFileSync(a, '');
  assert.throws(() => checkOutput([a, b], false), {
    name: 'UsageError',
    message: `There is a file already: ${a}. Add --force to replace, or choose another folder with --out.`,
  });
  fs.writeFileSync(b, '');
  assert.throws(() => checkOutput([a, b, c], false), {
    message: `There are files already: ${a}, ${b}. Add --force to replace, or choose another folder with --out.`,
  });
  checkOutput([a, b, c], true);
});

test('a folder that cannot be made is refused, and nothing is left behind', () => {
  const dir = temporary();
  const file = path.join(dir, 'file');
  fs.writeFileSync(file, '');
  const inside = path.join(file, 'sub', 'x.png');
  assert.throws(() => checkOutput([inside], false), {
    name: 'UsageError',
    message: `Cannot write into the directory '${path.dirname(inside)}': '${file}' is not a directory.`,
  });
  checkOutput([path.join(dir, 'new', 'deep', 'x.png')], false);
  assert.deepEqual(fs.readdirSync(dir), ['file']);
});

test('a folder without write permission is refused', {
  skip: process.getuid?.() === 0 && 'root may write everywhere',
}, () => {
  const dir = temporary();
  fs.chmodSync(dir, 0o500);
  assert.throws(
    () => checkOutput([path.join(dir, 'x.png')], false),
    /^UsageError: Cannot write into the directory .*EACCES/,
  );
  fs.chmodSync(dir, 0o700);
});

test('a file is replaced whole, and a failure leaves no temporary file', () => {
  const dir = temporary();
  const file = path.join(dir, 'deep', 'x.txt');
  writeFile(file, 'old');
  writeFile(file, 'new');
  assert.equal(fs.readFileSync(file, 'utf8'), 'new');
  const taken = path.join(dir, 'taken');
  fs.mkdirSync(path.join(taken, 'full'), { recursive: true });
  assert.throws(() => writeFile(taken, 'x'));
  assert.deepEqual(fs.readdirSync(dir).sort(), ['deep', 'taken']);
  assert.deepEqual(fs.readdirSync(path.join(dir, 'deep')), ['x.txt']);
});
