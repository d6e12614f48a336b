/**
 * Run as a process of its own, to be killed: saves two models by turns into the directory it is given, from memory
 * or from the files in the second directory, and prints a line before the first of these saves.
 */
import * as path from 'node:path';
import { useBackend } from '../../src/backend/useBackend';
import { pruneFile } from '../../src/files/pruneFile';
import { saveModel } from '../../src/files/saveModel';
import { ENGINE } from '../engines';
import { threeFileNet } from './models';

async function saveForever(dir: string, sources?: string): Promise<void> {
  await useBackend(ENGINE);
  const models = [threeFileNet(1), threeFileNet(2)];
  const files = models.map((_, turn) => path.join(sources ?? '', `${turn}`));
  if (sources) for (const turn of [0, 1]) await saveModel(models[turn], files[turn], { overwrite: true });
  console.log('saving');
  for (let turn = 0; ; turn = 1 - turn) {
    if (sources) await pruneFile(files[turn], dir, { percent: 0, overwrite: true });
    else await saveModel(models[turn], dir, { overwrite: true });
  }
}

saveForever(process.argv[2], process.argv[3]);
