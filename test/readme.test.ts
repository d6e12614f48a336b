import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../src/backend/tf';
import { useBackend } from '../src/backend/useBackend';
import { loadModel } from '../src/files/loadModel';
import { saveModel } from '../src/files/saveModel';
import { eightConvNet } from '../src/nets/eightConvNet';
import { ENGINE } from './engines';

const root = path.join(__dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

test('the example of README.md prunes a saved model, and the result loads', async () => {
  await useBackend(ENGINE);
  const dir = mkdtempSync(path.join(tmpdir(), 'readme-'));
  try {
    const model = eightConvNet({ inputSize: 4, widths: [10, 20, 5] });
    await saveModel(model, path.join(dir, 'my-model'));
    const [, example] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const file = path.join(dir, 'my-prune.ts');
    writeFileSync(file, example.replace("'./src/index'", JSON.stringify(path.join(root, 'src', 'index'))));
    const tsNode = path.join(root, 'node_modules', 'ts-node', 'dist', 'bin.js');
    const options = ['--project', path.join(root, 'tsconfig.json')];
    const out = execFileSync(process.execPath, [tsNode, ...options, file], { cwd: dir, encoding: 'utf8' });
    assert.match(out, /conv1: 3 of 10 channels go \(30\.0 %\)\n {4}read fewer: conv2\n/);
    assert.match(out, /\nParameters: 2,970 -> 1,701 /);
    const small = await loadModel(path.join(dir, 'my-pruned-model'));
    assert.deepEqual(
      small.getWeights().map(({ shape }) => shape),
      [
        [3, 3, 3, 7],
        [3, 3, 7, 14],
        [3, 3, 14, 5],
      ],
    );
    tf.dispose([model, small].flatMap(({ weights }) => weights.map((weight) => weight.read())));
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('every relative link and every npm command of README.md exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1]);
  assert.ok(links.length >= 8);
  assert.deepEqual(
    links.filter((link) => !existsSync(path.join(root, link))),
    [],
  );
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const commands = [...readme.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]);
  assert.ok(commands.length >= 10);
  assert.deepEqual(
    commands.filter((command) => !(command in scripts)),
    [],
  );
  const undocumented = Object.keys(scripts).filter(
    (name) => !commands.includes(name) && !['start', 'test'].includes(name),
  );
  assert.deepEqual(undocumented, []);
});
