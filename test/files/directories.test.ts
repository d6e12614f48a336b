import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { ENGINE } from '../engines';

test('a model that was put aside under another name keeps its weights', async () => {
  await useBackend(ENGINE);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'aside-'));
  const [first, second] = [1, 2].map((seed) => eightConvNet({ inputSize: 2, widths: [3], seed }));
  await saveModel(first, dir);
  fs.renameSync(path.join(dir, 'model.json'), path.join(dir, 'keep.json'));
  await saveModel(second, dir);
  await saveModel(second, dir, { overwrite: true });
  const shards = fs.readdirSync(dir).filter((name) => name.endsWith('.bin'));
  assert.equal(shards.length, 2, 'the weights of the model put aside and of the newest one');
  fs.renameSync(path.join(dir, 'keep.json'), path.join(dir, 'model.json'));
  const loaded = await loadModel(dir);
  assert.deepEqual(loaded.getWeights()[0].dataSync(), first.getWeights()[0].dataSync());
  for (const model of [first, second, loaded]) model.dispose();
  fs.rmSync(dir, { recursive: true });
});

test('a link that leads nowhere counts as a model that is there', {
  skip: process.platform === 'win32',
}, async () => {
  await useBackend(ENGINE);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'link-'));
  fs.symlinkSync(path.join(dir, 'nowhere'), path.join(dir, 'model.json'));
  const model = eightConvNet({ inputSize: 2, widths: [3] });
  await assert.rejects(saveModel(model, dir), /^Error: There is a model already/);
  assert.ok(fs.lstatSync(path.join(dir, 'model.json')).isSymbolicLink());
  model.dispose();
  fs.rmSync(dir, { recursive: true });
});

test('a model.json that describes no model is refused by name, and leaks nothing', async () => {
  await useBackend(ENGINE);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'broken-'));
  const file = path.join(dir, 'model.json');
  const model = eightConvNet({ inputSize: 2, widths: [3, 4] });
  await saveModel(model, dir);
  const good = fs.readFileSync(file, 'utf8');
  const tensors = tf.memory().numTensors;
  const broken = JSON.parse(good);
  broken.modelTopology.config.output_layers = [['nope', 0, 0]];
  fs.writeFileSync(file, JSON.stringify(broken));
  await assert.rejects(
    loadModel(dir),
    (error: Error) =>
      error.message.startsWith(`The model in '${dir}' cannot be loaded: `) &&
      error.message.length > dir.length + 40,
  );
  assert.equal(tf.memory().numTensors, tensors);
  for (const entry of [null, { weights: [] }, { paths: [] }]) {
    fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(good), weightsManifest: [entry] }));
    await assert.rejects(loadModel(dir), {
      message: `'${file}' cannot be loaded: an entry of its weightsManifest lacks paths or weights.`,
    });
  }
  model.dispose();
  fs.rmSync(dir, { recursive: true });
});
