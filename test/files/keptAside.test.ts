import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { eightConvNet } from '../../src/nets/eightConvNet';

test('a model that was put aside under another name keeps its weights', async () => {
  await useBackend('cpu');
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
