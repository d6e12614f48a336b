import * as assert from 'node:assert/strict';
import fs from 'node:fs';
import * as path from 'node:path';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { trackVariables } from '../../src/backend/trackVariables';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { type PruneFileOptions, pruneFile } from '../../src/files/pruneFile';
import { saveModel } from '../../src/files/saveModel';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan, type Plan } from '../../src/pruning/makePlan';
import { planFromJson } from '../../src/pruning/planFromJson';
import { planToJson } from '../../src/pruning/planToJson';
import { compare } from '../../src/report/compare';
import { ENGINE, ENGINES } from '../engines';
import { randomNet } from '../pruning/randomNet';
import {
  branchedNet,
  contents,
  mixedNet,
  recutShards,
  temporaryDirectory,
  threeFileNet,
  wideNet,
} from './models';

before(() => useBackend(ENGINE));

/** Prunes a saved model in memory and from file to file, and compares everything. */
async function requireSame(dir: string, options: PruneFileOptions): Promise<Plan> {
  const [source, expected, found] = ['source', 'expected', 'found'].map((name) => path.join(dir, name));
  for (const old of [expected, found]) fs.rmSync(old, { recursive: true, force: true });
  const model = await loadModel(source);
  const plan = 'plan' in options ? options.plan : makePlan(model, options);
  const pruned = applyPlan(model, plan);
  await saveModel(pruned, expected);
  const tensors = tf.memory().numTensors;
  const result = await pruneFile(source, found, options);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(result, { plan, comparison: compare(model, pruned) });
  for (const [name, bytes] of Object.entries(contents(expected))) {
    assert.ok(fs.readFileSync(path.join(found, name)).toString('hex') === bytes, `${name} differs`);
  }
  assert.deepEqual(fs.readdirSync(found), fs.readdirSync(expected));
  for (const each of [model, pruned]) each.dispose();
  return plan;
}

for (const backend of ENGINES) {
  test(`random nets are written as they are from memory, bit for bit, on ${backend}`, async (t) => {
    await useBackend(backend);
    let cut = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const made = trackVariables();
      tf.engine().startScope();
      const { model, percent, pruneOutputs } = randomNet(seed);
      const dir = path.join(temporaryDirectory(t), `${seed}`);
      await saveModel(model, path.join(dir, 'source'));
      const { groups } = await requireSame(dir, { percent, pruneOutputs });
      cut += groups.reduce((sum, group) => sum + group.cut.length, 0);
      tf.engine().endScope();
      made.dispose();
    }
    t.diagnostic(`${cut} channels were cut`);
    assert.ok(cut > 400);
  });

  test(`weights of several blocks and of several files are the same on ${backend}`, async (t) => {
    await useBackend(backend);
    for (const model of [threeFileNet(3), wideNet()]) {
      const dir = temporaryDirectory(t);
      await saveModel(model, path.join(dir, 'source'));
      model.dispose();
      for (const percent of [0, 0.5]) await requireSame(dir, { percent });
    }
  });
}

test('however the shards are cut, also within a number, and with every option of a plan', async (t) => {
  const dir = temporaryDirectory(t);
  const model = branchedNet();
  await saveModel(model, path.join(dir, 'source'));
  const every: PruneFileOptions[] = [
    { percent: 0 },
    { percent: 0.5 },
    { percent: 0.3, percentByLayer: { stem: 0.6 }, ignore: ['inner'], pruneOutputs: true },
    { percent: 0.5, importance: 'random', seed: 7, unknownLayers: 'protect' },
  ];
  for (const bytes of [997, 4096, Number.POSITIVE_INFINITY]) {
    recutShards(path.join(dir, 'source'), bytes);
    for (const options of every) await requireSame(dir, options);
  }
  const plan = await requireSame(dir, { percent: 0.5 });
  assert.deepEqual(
    plan.groups.map(({ layers, cut }) => [layers.join(), cut.length]),
    [
      ['stem,inner/twin', 8],
      ['inner/narrow', 3],
      ['separable', 5],
      ['hidden', 10],
      ['classes', 0],
    ],
  );
});

test('layers that are not cut and metadata come along', async (t) => {
  const dir = temporaryDirectory(t);
  const model = mixedNet();
  model.setUserDefinedMetadata({ classes: ['cat', 'dog'] });
  await saveModel(model, path.join(dir, 'source'));
  await requireSame(dir, { percent: 0.5 });
  assert.match(fs.readFileSync(path.join(dir, 'found', 'model.json'), 'utf8'), /"classes":\["cat","dog"\]/);
});

test('a plan that was edited by hand is applied', async (t) => {
  const dir = temporaryDirectory(t);
  const model = branchedNet();
  await saveModel(model, path.join(dir, 'source'));
  const json = JSON.parse(planToJson(makePlan(model, { percent: 0.5 })));
  json.groups[2].keep = [1, 8];
  const plan = await requireSame(dir, { plan: planFromJson(JSON.stringify(json)) });
  assert.equal(plan.groups[2].cut.length, plan.groups[2].units - 2);
});

test('a model may be replaced by its own pruned one', async (t) => {
  const dir = temporaryDirectory(t);
  const [source, other] = [path.join(dir, 'source'), path.join(dir, 'other')];
  await saveModel(threeFileNet(1), source);
  await pruneFile(source, other, { percent: 0.5 });
  await pruneFile(source, source, { percent: 0.5, overwrite: true });
  const weights = (dir: string) => Object.values(contents(dir)).slice(1);
  assert.deepEqual(weights(source), weights(other));
  assert.deepEqual(fs.readdirSync(source), [
    'model.json',
    'weights2-shard1of2.bin',
    'weights2-shard2of2.bin',
  ]);
});
