import * as assert from 'node:assert/strict';
import fs from 'node:fs';
import * as path from 'node:path';
import { before, mock, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { type PruneFileOptions, pruneFile } from '../../src/files/pruneFile';
import { saveModel } from '../../src/files/saveModel';
import { makePlan } from '../../src/pruning/makePlan';
import { ENGINE } from '../engines';
import { branchedNet, contents, temporaryDirectory, threeFileNet } from './models';

before(() => useBackend(ENGINE));

async function refuses(
  source: string,
  directory: string,
  options: PruneFileOptions,
  error: { name?: string; message: string | RegExp },
): Promise<void> {
  const isThere = fs.existsSync(directory);
  const [files, tensors] = [isThere && contents(directory), tf.memory().numTensors];
  await assert.rejects(pruneFile(source, directory, options), error);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(fs.existsSync(directory) && contents(directory), files);
}

test('what cannot be pruned is one line, and nothing is written', async (t) => {
  const dir = temporaryDirectory(t);
  const [source, out] = [path.join(dir, 'source'), path.join(dir, 'out')];
  const half = { percent: 0.5 };
  await refuses(source, out, half, {
    message: `No model can be loaded from '${source}': there is no such directory.`,
  });
  const model = branchedNet();
  await saveModel(model, source);
  await refuses(source, out, { percent: 50 }, { name: 'RangeError', message: /For 50 % write 0\.5\.$/ });
  const own = function spread() {
    return [];
  };
  await refuses(
    source,
    out,
    { ...half, importance: own },
    {
      name: 'RangeError',
      message:
        "importance must be 'l1' or 'random' from file to file, but is the function 'spread': it needs a loaded model.",
    },
  );
  const plan = makePlan(model, half);
  await refuses(
    source,
    out,
    { plan, ...half },
    {
      name: 'TypeError',
      message: 'Expected a plan or options to make one, but found both: plan and percent.',
    },
  );
  await refuses(
    source,
    out,
    { plan: makePlan(threeFileNet(1), half) },
    {
      name: 'RangeError',
      message: /^The plan was made for another model: /,
    },
  );
  await saveModel(model, out);
  await refuses(source, out, half, {
    message: `There is a model already: '${path.join(out, 'model.json')}'. Say overwrite: true to replace it.`,
  });
  const shard = path.join(source, 'weights1-shard1of1.bin');
  const { size } = fs.statSync(shard);
  fs.truncateSync(shard, 100);
  await refuses(
    source,
    out,
    { ...half, overwrite: true },
    {
      message: `The weights file '${shard}' should have ${size} bytes, but has 100.`,
    },
  );
});

test('scores that are not numbers are refused before anything is written', async (t) => {
  const dir = temporaryDirectory(t);
  const [source, out] = [path.join(dir, 'source'), path.join(dir, 'out')];
  const model = threeFileNet(1);
  const kernel = model.layers[1].getWeights()[0].dataSync().fill(Number.NaN, 5, 6);
  model.layers[1].setWeights([tf.tensor(kernel, [3, 3, 3, 64])]);
  await saveModel(model, source);
  await refuses(
    source,
    out,
    { percent: 0.5 },
    {
      message: "The score of channel 5 of 'conv1' is NaN; only finite scores can be ranked.",
    },
  );
});

test('a weights file that gets shorter while it is read is named, and the old model stays', async (t) => {
  const dir = temporaryDirectory(t);
  const [source, out] = [path.join(dir, 'source'), path.join(dir, 'out')];
  await saveModel(threeFileNet(1), source);
  await saveModel(threeFileNet(2), out);
  const shard = path.join(source, 'weights1-shard2of3.bin');
  const openSync = fs.openSync;
  const disturbed = mock.method(fs, 'openSync', (file: string, flags: string) => {
    if (file.includes('weights2-shard1')) fs.truncateSync(shard, 1000);
    return openSync(file, flags);
  });
  const half = { percent: 0.5, overwrite: true };
  await refuses(source, out, half, {
    message:
      `The model could not be saved in '${out}': The weights file '${shard}' became shorter while it was read. ` +
      'What was there is unchanged.',
  });
  disturbed.mock.restore();
});

/** Reads and writes that can fail on a bad disk; each is let fail at its every turn. */
for (const call of ['readSync', 'writeSync', 'openSync', 'renameSync'] as const) {
  test(`the old model stays, and nothing else, when ${call} fails, whichever time`, async (t) => {
    const dir = temporaryDirectory(t);
    const [source, out] = [path.join(dir, 'source'), path.join(dir, 'out')];
    await saveModel(threeFileNet(1), source);
    await saveModel(threeFileNet(2), out);
    const old = contents(out);
    const original = fs[call] as (...args: unknown[]) => unknown;
    let failures = 0;
    for (let saved = false; !saved; ) {
      let count = 0;
      const broken = mock.method(fs, call, (...args: unknown[]) => {
        if (count++ === failures) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
        return original(...args);
      });
      const [outcome] = await Promise.allSettled([pruneFile(source, out, { percent: 0.1, overwrite: true })]);
      broken.mock.restore();
      saved = fs.readFileSync(path.join(out, 'model.json'), 'utf8').includes('weights2-');
      if (saved) break;
      failures++;
      assert.match((outcome as PromiseRejectedResult).reason.message, /EIO: i\/o error/);
      assert.deepEqual(contents(out), old);
    }
    assert.ok(failures > 0);
    assert.equal((await loadModel(out)).layers.length, 6);
  });
}
