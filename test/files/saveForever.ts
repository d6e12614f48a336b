/**
 * Run as a process of its own, to be killed: saves two models by turns into the directory it is given, and
 * prints a line before the first of these saves.
 */
import { useBackend } from '../../src/backend/useBackend';
import { saveModel } from '../../src/files/saveModel';
import { ENGINE } from '../engines';
import { threeFileNet } from './models';

async function saveForever(dir: string): Promise<void> {
  await useBackend(ENGINE);
  const models = [threeFileNet(1), threeFileNet(2)];
  console.log('saving');
  for (let turn = 0; ; turn++) await saveModel(models[turn % 2], dir, { overwrite: true });
}

saveForever(process.argv[2]);
