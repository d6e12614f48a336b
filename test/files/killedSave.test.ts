import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { ENGINE } from '../engines';
import { bitsOf, temporaryDirectory, threeFileNet } from './models';

/** Long enough for several saves of a model of 11 MB. */
const LONGEST = 300;

for (const [way, kills] of [
  ['save', 20],
  ['pruning from file to file', 5],
] as const) {
  test(`a ${way} that is killed at any moment leaves one of the two models, whole`, async (t) => {
    await useBackend(ENGINE);
    const dir = temporaryDirectory(t);
    const models = [threeFileNet(1), threeFileNet(2)].map((model) => JSON.stringify(bitsOf(model)));
    await saveModel(threeFileNet(1), dir);
    const script = path.join(__dirname, 'saveForever.ts');
    const sources = way === 'save' ? [] : [temporaryDirectory(t)];
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill++) {
      const saver = spawn(
        process.execPath,
        ['-r', 'ts-node/register/transpile-only', script, dir, ...sources],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const ended = once(saver, 'exit');
      await Promise.race([once(saver.stdout, 'data'), ended]);
      const moment = Math.random() * LONGEST;
      await sleep(moment);
      saver.kill('SIGKILL');
      assert.deepEqual((await ended)[1], 'SIGKILL', 'the saving process must not end by itself');

      const context = `killed after ${moment} ms, ${fs.readdirSync(dir).join(' ')}`;
      const loaded = await loadModel(dir).catch((error) => assert.fail(`${error.message} (${context})`));
      assert.ok(models.includes(JSON.stringify(bitsOf(loaded))), `a mix of two models (${context})`);
      loaded.dispose();
      if (fs.readdirSync(dir).length !== 4) interrupted++;
    }
    assert.ok(interrupted > 0, 'no kill came in the middle of a save');
    await saveModel(threeFileNet(1), dir, { overwrite: true });
    assert.equal(fs.readdirSync(dir).length, 4, 'the next save removes what the killed ones have left');
    t.diagnostic(`${interrupted} of ${kills} kills came in the middle of a save`);
  });
}
