/**
 * Run as a process of its own, because a process never forgets its peak memory: saves, loads and prunes a model of
 * 200 MB on wasm and prints by how many bytes each step raised the peak above what was in use before it.
 */
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { prune } from '../../src/pruning/prune';

async function growth(step: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  await step();
  return process.resourceUsage().maxRSS * 1024 - before;
}

async function measureSaving(dir: string): Promise<void> {
  await useBackend('wasm');
  // conv2 alone has 189 MB: a copy of one layer would show, too.
  const model = eightConvNet({ inputSize: 4, widths: [2048, 2560] });
  const weights = 4 * model.countParams();
  const saving = await growth(() => saveModel(model, dir));
  const loading = await growth(() => loadModel(dir));
  let pruned = 0;
  const pruning = await growth(async () => {
    pruned = 4 * prune(model, { percent: 0.2, pruneOutputs: true }).countParams();
  });
  const handler = tf.io.withSaveHandler(async (artifacts) => ({
    modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts),
  }));
  const stock = await growth(() => model.save(handler));
  console.log(JSON.stringify({ weights, saving, loading, pruned, pruning, stock }));
}

measureSaving(process.argv[2]);
