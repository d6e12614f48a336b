import * as assert from 'node:assert/strict';
import fs from 'node:fs';
import * as path from 'node:path';
import { before, mock, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { ENGINE } from '../engines';
import { bitsOf, temporaryDirectory, threeFileNet } from './models';

before(() => useBackend(ENGINE));

function smallNet(value: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.constant({ value });
  return tf.sequential({
    layers: [tf.layers.dense({ name: 'd', units: 2, inputShape: [3], kernelInitializer })],
  });
}

test('refuses to overwrite a model unless it is told to, and then replaces it', async (t) => {
  const dir = temporaryDirectory(t);
  await saveModel(smallNet(1), dir);
  await assert.rejects(saveModel(smallNet(2), dir), {
    message: `There is a model already: '${path.join(dir, 'model.json')}'. Say overwrite: true to replace it.`,
  });
  assert.deepEqual(bitsOf(await loadModel(dir)), bitsOf(smallNet(1)));
  await saveModel(smallNet(2), dir, { overwrite: true });
  assert.deepEqual(bitsOf(await loadModel(dir)), bitsOf(smallNet(2)));
  assert.deepEqual(fs.readdirSync(dir), ['model.json', 'weights2-shard1of1.bin']);
});

test('makes the directory with its parents', async (t) => {
  const dir = path.join(temporaryDirectory(t), 'a', 'b c');
  await saveModel(smallNet(1), dir);
  assert.deepEqual(bitsOf(await loadModel(dir)), bitsOf(smallNet(1)));
});

test('removes what broken saves have left, and never a file of another name', async (t) => {
  const dir = temporaryDirectory(t);
  const others = [
    'README.md',
    'group1-shard1of1.bin',
    'weights.bin',
    'weights1.bin',
    'my-weights3-shard1of1.bin',
  ];
  const leftovers = ['weights7-shard1of3.bin', 'weights7-shard2of3.bin', 'model6.json.tmp'];
  for (const name of [...others, ...leftovers]) fs.writeFileSync(path.join(dir, name), name);
  await saveModel(smallNet(1), dir);
  await saveModel(smallNet(2), dir, { overwrite: true });
  assert.deepEqual(fs.readdirSync(dir), [...others, 'model.json', 'weights9-shard1of1.bin'].sort());
  for (const name of others) assert.equal(fs.readFileSync(path.join(dir, name), 'utf8'), name);
});

test('a JSON file that cannot be read may name any save, so that all stay', async (t) => {
  const dir = temporaryDirectory(t);
  await saveModel(smallNet(1), dir);
  fs.writeFileSync(path.join(dir, 'other.json'), 'too large');
  const { readFileSync } = fs;
  const broken = mock.method(fs, 'readFileSync', (file: string, ...rest: []) => {
    if (file.endsWith('other.json'))
      throw new RangeError('Cannot create a string longer than 0x1fffffe8 characters');
    return readFileSync(file, ...rest);
  });
  await saveModel(smallNet(2), dir, { overwrite: true });
  broken.mock.restore();
  const saves = fs.readdirSync(dir).filter((name) => name.endsWith('.bin'));
  assert.deepEqual(saves, ['weights1-shard1of1.bin', 'weights2-shard1of1.bin']);
  assert.match(fs.readFileSync(path.join(dir, 'model.json'), 'utf8'), /weights2-shard1of1/);
});

/** The calls that can fail on a bad disk; each is let fail at its every turn. */
const CALLS = ['openSync', 'writeSync', 'fsyncSync', 'writeFileSync', 'renameSync'] as const;

for (const call of CALLS) {
  test(`leaves the old model and nothing else when ${call} fails, whichever time`, async (t) => {
    const dir = temporaryDirectory(t);
    await saveModel(threeFileNet(1), dir);
    const [old, next] = [bitsOf(threeFileNet(1)), threeFileNet(2)];
    const files = fs.readdirSync(dir);
    const original = fs[call] as (...args: unknown[]) => unknown;
    for (let turn = 1, saved = false; !saved; turn++) {
      let count = 0;
      const broken = mock.method(fs, call, (...args: unknown[]) => {
        if (++count === turn) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
        return original(...args);
      });
      const [outcome] = await Promise.allSettled([saveModel(next, dir, { overwrite: true })]);
      broken.mock.restore();
      // The last fsync comes after the new model is in place: then it is there, whole.
      saved = fs.readFileSync(path.join(dir, 'model.json'), 'utf8').includes('weights2-');
      assert.ok(turn > 1 || !saved, 'the first failure prevents the save');
      assert.deepEqual(bitsOf(await loadModel(dir)), saved ? bitsOf(next) : old, `${call} number ${turn}`);
      if (saved) continue;
      const reason = `The model could not be saved in '${dir}': ENOSPC: no space left. What was there is unchanged.`;
      assert.equal((outcome as PromiseRejectedResult).reason.message, reason);
      assert.deepEqual(fs.readdirSync(dir), files);
    }
  });
}

test('fails loudly when another process removes its files while it saves', async (t) => {
  const dir = temporaryDirectory(t);
  const openSync = fs.openSync;
  const disturbed = mock.method(fs, 'openSync', (file: string, flags: string) => {
    if (file.endsWith('.tmp')) fs.unlinkSync(path.join(dir, 'weights1-shard1of1.bin'));
    return openSync(file, flags);
  });
  await assert.rejects(saveModel(smallNet(1), dir), {
    message:
      `The model could not be saved in '${dir}': another process saved there at the same time and removed ` +
      "'weights1-shard1of1.bin'. What was there is unchanged.",
  });
  disturbed.mock.restore();
  assert.deepEqual(fs.readdirSync(dir), []);
});

test('leaves the files of another process alone that saves at the same time', async (t) => {
  const dir = temporaryDirectory(t);
  const openSync = fs.openSync;
  const other = path.join(dir, 'weights1-shard1of1.bin');
  const disturbed = mock.method(fs, 'openSync', (file: string, flags: string) => {
    if (file === other) fs.writeFileSync(other, 'theirs');
    return openSync(file, flags);
  });
  await assert.rejects(saveModel(smallNet(1), dir), /EEXIST/);
  disturbed.mock.restore();
  assert.equal(fs.readFileSync(other, 'utf8'), 'theirs');
});

test('says which path is in the way', async (t) => {
  const file = path.join(temporaryDirectory(t), 'file');
  fs.writeFileSync(file, 'x');
  await assert.rejects(saveModel(smallNet(1), file), {
    message:
      `The model could not be saved in '${file}': EEXIST: file already exists, mkdir '${file}'. ` +
      'What was there is unchanged.',
  });
  assert.equal(fs.readFileSync(file, 'utf8'), 'x');
});

test('refuses two weights of one name, before anything is written', async (t) => {
  const dir = path.join(temporaryDirectory(t), 'new');
  const inner = tf.sequential({
    name: 'a',
    layers: [tf.layers.dense({ name: 'd', units: 3, inputShape: [3] })],
  });
  const model = tf.sequential({ layers: [tf.layers.dense({ name: 'd', units: 3, inputShape: [3] })] });
  model.add(inner);
  await assert.rejects(saveModel(model, dir), {
    name: 'RangeError',
    message: "Two weights are called 'd/kernel': TensorFlow.js could not load them again.",
  });
  assert.equal(fs.existsSync(dir), false);
});
