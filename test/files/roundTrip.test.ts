import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { ENGINE, ENGINES } from '../engines';
import { followManifest } from './followManifest';
import { bitsOf, mixedNet, temporaryDirectory, threeFileNet } from './models';
import { PRUNED_NETS } from './prunedNets';

for (const backend of ENGINES) {
  test(`a model of every kind of layer comes back bit for bit on ${backend}`, async (t) => {
    await useBackend(backend);
    const [dir, model] = [temporaryDirectory(t), mixedNet()];
    await saveModel(model, dir);
    const loaded = await loadModel(dir);
    assert.deepEqual(bitsOf(loaded), bitsOf(model));
    const sample = tf.randomUniform([2, 6, 6, 3], -1, 1, 'float32', 1);
    const [expected, found] = [model, loaded].map((net) => (net.predict(sample) as tf.Tensor).dataSync());
    assert.deepEqual(found, expected);
  });

  test(`weights that lie in several files come back bit for bit on ${backend}`, async (t) => {
    await useBackend(backend);
    const [dir, model] = [temporaryDirectory(t), threeFileNet(1)];
    const special = [-0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45];
    model.layers[1].setWeights([
      tf.tensor([...special, ...new Array(9 * 3 * 64 - 4).fill(0.1)], [3, 3, 3, 64]),
    ]);
    await saveModel(model, dir);
    assert.deepEqual(
      fs
        .readdirSync(dir)
        .map((name) => [name, fs.statSync(path.join(dir, name)).size])
        .slice(1),
      [
        ['weights1-shard1of3.bin', 4194304],
        ['weights1-shard2of3.bin', 4194304],
        ['weights1-shard3of3.bin', 9 * (3 * 64 + 64 * 512 + 512 * 512) * 4 - 2 * 4194304],
      ],
    );
    assert.deepEqual(bitsOf(await loadModel(dir)), bitsOf(model));
  });

  test(`TensorFlow.js's own loader reads the files on ${backend}`, async (t) => {
    await useBackend(backend);
    for (const model of [mixedNet(), threeFileNet(2)]) {
      const dir = temporaryDirectory(t);
      await saveModel(model, dir);
      const loaded = await tf.loadLayersModel(followManifest(dir));
      assert.deepEqual(bitsOf(loaded), bitsOf(model));
    }
  });
}

for (const { name, build } of PRUNED_NETS) {
  test(`TensorFlow.js's own loader reads a pruned model, which computes the same: ${name}`, async (t) => {
    await useBackend(ENGINE);
    const [dir, pruned] = [temporaryDirectory(t), build()];
    await saveModel(pruned, dir);
    const loaded = await tf.loadLayersModel(followManifest(dir));
    assert.deepEqual(bitsOf(loaded), bitsOf(pruned));
    const sample = tf.randomUniform(
      [2, ...(pruned.inputs[0].shape.slice(1) as number[])],
      -1,
      1,
      'float32',
      1,
    );
    const [expected, found] = [pruned, loaded].map((net) => (net.predict(sample) as tf.Tensor).dataSync());
    assert.deepEqual(found, expected);
    assert.ok(Math.max(...expected.map(Math.abs)) > 1e-3);
    for (const each of [pruned, loaded]) each.dispose();
  });
}

test('reads what TensorFlow.js itself has saved, in one file, with an optimizer', async (t) => {
  await useBackend(ENGINE);
  const dir = temporaryDirectory(t);
  const model = tf.sequential({ layers: [tf.layers.dense({ name: 'd', units: 3, inputShape: [2] })] });
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  await model.fit(tf.ones([4, 2]), tf.ones([4, 3]), { verbose: 0 });
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    const { weightData, weightSpecs, ...json } = artifacts;
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
    fs.writeFileSync(path.join(dir, 'model.json'), JSON.stringify({ ...json, weightsManifest }));
    fs.writeFileSync(path.join(dir, 'weights.bin'), Buffer.from(weightData as ArrayBuffer));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  });
  await model.save(handler, { includeOptimizer: true });
  assert.deepEqual(bitsOf(await loadModel(dir)), bitsOf(model));
});

test('a loaded model says of itself what the saved one says, initializers and metadata included', async (t) => {
  await useBackend(ENGINE);
  const [dir, again] = [temporaryDirectory(t), temporaryDirectory(t)];
  const model = mixedNet();
  model.setUserDefinedMetadata({ classes: ['cat', 'dog'] });
  await saveModel(model, dir);
  const loaded = await loadModel(dir);
  assert.deepEqual(loaded.toJSON(null, false), model.toJSON(null, false));
  assert.deepEqual(loaded.getUserDefinedMetadata(), { classes: ['cat', 'dog'] });
  await saveModel(loaded, again);
  for (const name of fs.readdirSync(dir)) {
    assert.deepEqual(fs.readFileSync(path.join(again, name)), fs.readFileSync(path.join(dir, name)), name);
  }
});

test('the initializer of a loaded layer draws numbers again when it is asked', async (t) => {
  await useBackend(ENGINE);
  const dir = temporaryDirectory(t);
  const ones = tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer: 'ones' });
  await saveModel(tf.sequential({ layers: [ones] }), dir);
  const layer = (await loadModel(dir)).layers[0] as unknown as {
    kernelInitializer: typeof tf.initializers.ones;
  };
  const { apply } = layer.kernelInitializer as unknown as ReturnType<typeof tf.initializers.ones>;
  assert.deepEqual(Array.from(apply.call(layer.kernelInitializer, [2]).dataSync()), [1, 1]);
});

test("saving and loading leave no tensor behind but the model's weights", async (t) => {
  await useBackend('wasm');
  const [dir, model] = [temporaryDirectory(t), threeFileNet(1)];
  const before = tf.memory().numTensors;
  await saveModel(model, dir);
  assert.equal(tf.memory().numTensors, before);
  const loaded = await loadModel(dir);
  assert.equal(tf.memory().numTensors, before + model.weights.length);
  loaded.dispose();
  assert.equal(tf.memory().numTensors, before);
});
