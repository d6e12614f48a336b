import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { saveModel } from '../../src/files/saveModel';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan } from '../../src/pruning/makePlan';
import { ENGINE } from '../engines';
import { branchedNet, temporaryDirectory, threeFileNet } from './models';

before(() => useBackend(ENGINE));

async function saved(t: TestContext): Promise<{ dir: string; json: string }> {
  const dir = temporaryDirectory(t);
  const model = threeFileNet(1);
  await saveModel(model, dir);
  model.dispose();
  return { dir, json: path.join(dir, 'model.json') };
}

/** biome-ignore lint/suspicious/noExplicitAny: these tests break a JSON file in many places. */
function edit(json: string, change: (model: any) => void): void {
  const model = JSON.parse(fs.readFileSync(json, 'utf8'));
  change(model);
  fs.writeFileSync(json, JSON.stringify(model));
}

async function refuses(dir: string, message: string): Promise<void> {
  const tensors = tf.memory().numTensors;
  await assert.rejects(loadModel(dir), { message });
  assert.equal(tf.memory().numTensors, tensors);
}

test('names a directory that is missing, is a file, or holds no model', async (t) => {
  const dir = temporaryDirectory(t);
  const [missing, file] = [path.join(dir, 'missing'), path.join(dir, 'file')];
  fs.writeFileSync(file, 'x');
  await refuses(missing, `No model can be loaded from '${missing}': there is no such directory.`);
  await refuses(
    file,
    `No model can be loaded from '${file}': it is a file; name the directory of model.json.`,
  );
  await refuses(dir, `No model can be loaded from '${dir}': it has no model.json.`);
});

test('a loaded model whose layers are used twice is disposed whole', async (t) => {
  const dir = temporaryDirectory(t);
  await saveModel(branchedNet(), dir);
  const tensors = tf.memory().numTensors;
  (await loadModel(dir)).dispose();
  assert.equal(tf.memory().numTensors, tensors);
});

test('a model that cannot be loaded takes no other model with it that is made at the same time', async (t) => {
  const [bad, good] = [await saved(t), await saved(t)];
  edit(bad.json, (model) => {
    model.modelTopology.config.layers.at(-1).class_name = 'Nobody';
  });
  const tensors = tf.memory().numTensors;
  const loading = Promise.allSettled([loadModel(bad.dir), loadModel(good.dir)]);
  const own = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  const [failed, loaded] = await loading;
  assert.equal(failed.status, 'rejected');
  assert.equal(loaded.status, 'fulfilled');
  for (const model of [own, (loaded as PromiseFulfilledResult<tf.LayersModel>).value]) {
    assert.ok(model.getWeights().every((weight) => weight.dataSync().every(Number.isFinite)));
    model.dispose();
  }
  assert.equal(tf.memory().numTensors, tensors);
});

test('a model whose sequential models lie behind other layers is disposed whole', async (t) => {
  const dir = temporaryDirectory(t);
  const conv = (name: string) => tf.layers.conv2d({ name, filters: 2, kernelSize: 1, inputShape: [2, 2, 2] });
  const inner = tf.sequential({ name: 'inner', layers: [conv('inside')] });
  await saveModel(tf.sequential({ layers: [conv('first'), inner] }), dir);
  const tensors = tf.memory().numTensors;
  const model = await loadModel(dir);
  applyPlan(model, makePlan(model, { percent: 0.5 })).dispose();
  model.dispose();
  assert.equal(tf.memory().numTensors, tensors);
});

test('refuses two weights of one name, in the file as well as in the layers', async (t) => {
  const { dir, json } = await saved(t);
  edit(json, (model) => {
    const [{ weights }] = model.weightsManifest;
    model.weightsManifest[0].weights = [weights[0], weights[1], { ...weights[2], name: weights[1].name }];
  });
  await refuses(
    dir,
    `The model in '${dir}' cannot be loaded: its weightsManifest has two weights 'conv2/kernel'.`,
  );
});

test('names a weights file that is missing', async (t) => {
  const { dir } = await saved(t);
  const file = path.join(dir, 'weights1-shard2of3.bin');
  fs.unlinkSync(file);
  await refuses(dir, `The weights file '${file}' is missing.`);
});

for (const [index, size] of [
  [1, 4194304],
  [2, 4194304],
  [3, 2235136],
]) {
  test(`names weights file ${index} of 3 when it is short or long`, async (t) => {
    const { dir } = await saved(t);
    const file = path.join(dir, `weights1-shard${index}of3.bin`);
    fs.truncateSync(file, 1000);
    await refuses(dir, `The weights file '${file}' should have ${size} bytes, but has 1000.`);
    if (index === 3) {
      fs.truncateSync(file, size + 4);
      await refuses(dir, `The weights file '${file}' should have ${size} bytes, but has ${size + 4}.`);
    }
  });
}

const GRAPH =
  'it is a graph model, a frozen graph of operations without layers, so that nobody knows which channels belong ' +
  'together. Convert the Keras model that it was made of once more, with ' +
  "tensorflowjs_converter's --output_format=tfjs_layers_model.";

test('a model may be named by its JSON file, whatever the name of that', async (t) => {
  const { dir, json } = await saved(t);
  const renamed = path.join(dir, 'mine.json');
  fs.renameSync(json, renamed);
  const model = await loadModel(renamed);
  assert.equal(model.layers.length, threeFileNet(1).layers.length);
  const missing = path.join(dir, 'model.json');
  await refuses(missing, `No model can be loaded from '${missing}': there is no such file.`);
  const keras = path.join(dir, 'model.h5');
  fs.writeFileSync(keras, 'x');
  await refuses(
    keras,
    `No model can be loaded from '${keras}': it is a Keras file; tensorflowjs_converter makes a TensorFlow.js layers model of it.`,
  );
});

test('a model.json that is cut short anywhere is refused in one line', async (t) => {
  const { dir, json } = await saved(t);
  const text = fs.readFileSync(json, 'utf8');
  for (const length of [1, 20, 300, text.length - 1]) {
    fs.writeFileSync(json, text.slice(0, length));
    await assert.rejects(loadModel(dir), ({ message }) =>
      /^'.*' cannot be loaded: it is (cut short|not JSON) \(.*\)\.$/.test(message),
    );
  }
});

test('weights without name or shape are refused by number', async (t) => {
  const { dir, json } = await saved(t);
  const message = `'${json}' cannot be loaded: weight 1 of its weightsManifest lacks a name or a shape.`;
  for (const wrong of [
    null,
    {},
    { name: 'x', dtype: 'float32' },
    { name: 'x', shape: [-1], dtype: 'float32' },
  ]) {
    edit(json, ({ weightsManifest: [{ weights }] }) => {
      weights[1] = wrong;
    });
    await refuses(dir, message);
  }
});

test('refuses a model.json that is not one', async (t) => {
  const { dir, json } = await saved(t);
  edit(json, (model) => {
    model.format = 'graph-model';
  });
  await refuses(dir, `'${json}' cannot be loaded: ${GRAPH}`);
  edit(json, (model) => {
    delete model.format;
    model.modelTopology = { node: [], versions: {} };
  });
  await refuses(dir, `'${json}' cannot be loaded: ${GRAPH}`);
  edit(json, (model) => {
    model.format = 'other';
    model.modelTopology = {};
  });
  await refuses(
    dir,
    `'${json}' cannot be loaded: its format is 'other', and only 'layers-model' is supported.`,
  );
  for (const text of ['null', '[]', '{}']) {
    fs.writeFileSync(json, text);
    await refuses(
      dir,
      `'${json}' cannot be loaded: it is not a layers model: modelTopology or weightsManifest is missing.`,
    );
  }
  fs.writeFileSync(json, 'modelTopology');
  await assert.rejects(loadModel(dir), ({ message }) =>
    message.startsWith(`'${json}' cannot be loaded: it is not JSON (`),
  );
});

test('refuses weights that are quantized or no float32', async (t) => {
  const { dir, json } = await saved(t);
  edit(json, ({ weightsManifest: [{ weights }] }) => {
    weights[1].quantization = { dtype: 'uint8', min: 0, scale: 1 };
  });
  await refuses(
    dir,
    `'${json}' cannot be loaded: its weight 'conv2/kernel' is quantized to uint8, and only plain float32 is supported.`,
  );
  edit(json, ({ weightsManifest: [{ weights }] }) => {
    delete weights[1].quantization;
    weights[1].dtype = 'int32';
  });
  await refuses(
    dir,
    `'${json}' cannot be loaded: its weight 'conv2/kernel' is int32, and only plain float32 is supported.`,
  );
});

test('names a weight that is missing, has no layer or another shape', async (t) => {
  const { dir, json } = await saved(t);
  const [{ weights }] = JSON.parse(fs.readFileSync(json, 'utf8')).weightsManifest;
  const rename = (name: string) =>
    edit(json, (model) => {
      model.weightsManifest[0].weights = [...weights.slice(0, 2), { ...weights[2], name }];
    });
  rename('head/kernel');
  await refuses(
    dir,
    `The model in '${dir}' cannot be loaded: its layers need the weight 'conv3/kernel', which is not in the weightsManifest.`,
  );
  rename('conv3/kernel');
  edit(json, (model) => {
    model.weightsManifest[0].weights[0].shape = [3, 3, 64, 3];
  });
  await refuses(
    dir,
    `The model in '${dir}' cannot be loaded: the weight 'conv1/kernel' should have the shape [3, 3, 3, 64], but has [3, 3, 64, 3].`,
  );
  edit(json, (model) => {
    model.weightsManifest[0].weights[0].shape = [3, 3, 3, 64];
    model.weightsManifest.push({ paths: [], weights: [{ name: 'extra', shape: [0], dtype: 'float32' }] });
  });
  await refuses(dir, `The model in '${dir}' cannot be loaded: no layer has the weights extra.`);
});
