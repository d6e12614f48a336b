/**
 * Run as a process of its own, because a process never forgets its peak memory: makes a model, or prunes it, from
 * file to file or by way of memory, and prints by how many bytes that raised the peak above what was in use before.
 */
import * as path from 'node:path';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { pruneFile } from '../../src/files/pruneFile';
import { saveModel } from '../../src/files/saveModel';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { prune } from '../../src/pruning/prune';
import { ENGINE } from '../engines';
import { temporaryDirectory } from './models';

const OPTIONS = { percent: 0.5 };

/** Sixteen layers of 18.9 MB each behind a small one: the largest is a small part of all. */
const WIDTHS = new Array<number>(17).fill(724);

const WAYS: Record<string, (source: string, directory: string) => Promise<unknown>> = {
  make: (source) => saveModel(eightConvNet({ inputSize: 4, widths: WIDTHS }), source),
  files: (source, directory) => pruneFile(source, directory, OPTIONS),
  async memory(source, directory) {
    const model = await loadModel(source);
    await saveModel(prune(model, { percent: OPTIONS.percent }), directory);
  },
};

async function measurePruneFile(way: string, source: string, directory: string): Promise<void> {
  await useBackend(ENGINE);
  // What a first use costs, code that is compiled for example, is not the model's.
  const warm = temporaryDirectory({ after: (remove) => process.on('exit', remove as () => void) });
  await saveModel(eightConvNet({ inputSize: 2, widths: [8, 8] }), warm);
  await pruneFile(warm, path.join(warm, 'pruned'), OPTIONS);
  const before = process.memoryUsage.rss();
  await WAYS[way](source, directory);
  console.log(process.resourceUsage().maxRSS * 1024 - before);
}

const [way, source, directory] = process.argv.slice(2);
measurePruneFile(way, source, directory);
