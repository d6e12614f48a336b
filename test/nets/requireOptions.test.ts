import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { saveModel } from '../../src/files/saveModel';
import { savePlan } from '../../src/files/savePlan';
import { digitsNet } from '../../src/nets/digitsNet';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { mobileNetBlock } from '../../src/nets/mobileNetBlock';
import { resNet } from '../../src/nets/resNet';
import { vggNet } from '../../src/nets/vggNet';
import { yoloBlock } from '../../src/nets/yoloBlock';
import { makePlan } from '../../src/pruning/makePlan';
import { latency, latencyPair } from '../../src/report/latency';
import { ENGINE } from '../engines';
import { temporaryDirectory } from '../files/models';

const refused = (list: string) => ({ name: 'TypeError', message: `Expected options such as ${list}.` });

for (const [build, list] of [
  [eightConvNet, '{ inputSize: 8 }, of inputSize, inChannels, widths, seed'],
  [digitsNet, '{ seed: 1 }, of seed'],
  [vggNet, '{ inputSize: 8 }, of inputSize, inChannels, stages, classes, freshNorms, seed'],
  [resNet, '{ inputSize: 8 }, of inputSize, inChannels, widths, blocks, classes, freshNorms, seed'],
  [yoloBlock, '{ inputSize: 8 }, of inputSize, inChannels, width, bottlenecks, outputs, freshNorms, seed'],
  [
    mobileNetBlock,
    '{ inputSize: 8 }, of inputSize, inChannels, widths, expansion, classes, freshNorms, seed',
  ],
] as [(options: object) => tf.LayersModel, string][]) {
  test(`${build.name} refuses misspelt options, and names those that there are`, () => {
    assert.throws(() => build({ seeds: 1, size: 8 }), refused(`${list}, but found seeds, size`));
    assert.throws(() => build(null as never), refused(`${list}, but found none`));
  });
}

test('saving and measuring refuse misspelt options before they do anything', async (t) => {
  await useBackend(ENGINE);
  const model = eightConvNet({ inputSize: 2, widths: [2, 2] });
  const tensors = tf.memory().numTensors;
  const target = path.join(temporaryDirectory(t), 'new');
  const overwrite = refused('{ overwrite: true }, of overwrite, but found overwite');
  await assert.rejects(saveModel(model, target, { overwite: true } as never), overwrite);
  const plan = makePlan(model, { percent: 0.5 });
  assert.throws(() => savePlan(plan, target, { overwite: true } as never), overwrite);
  assert.ok(!existsSync(target));
  const repeats = refused('{ repeats: 5 }, of inputShape, warmup, repeats, seed, but found repeat');
  await assert.rejects(latency(model, { repeat: 2 } as never), repeats);
  await assert.rejects(latencyPair(model, model, { repeat: 2 } as never), repeats);
  assert.equal(tf.memory().numTensors, tensors);
  model.dispose();
});
