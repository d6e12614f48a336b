import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { trainedDigitsNet } from '../../src/nets/trainedDigitsNet';
import { TRAINED_NETS } from '../../src/nets/trainedNets';
import { trainedResNet } from '../../src/nets/trainedResNet';
import { trainedVggNet } from '../../src/nets/trainedVggNet';
import { accuracy } from '../../src/train/accuracy';
import { digits } from '../../src/train/digits';

/** What the docstrings say of the test part. */
const STATED = {
  chain: { load: trainedDigitsNet, share: 0.978 },
  resnet: { load: trainedResNet, share: 0.974 },
  vgg: { load: trainedVggNet, share: 0.989 },
};

for (const [name, { make, folder }] of Object.entries(TRAINED_NETS)) {
  const { load, share } = STATED[name as keyof typeof STATED];

  test(`${name}: the trained net is the one that is made for training, layer by layer`, async () => {
    await useBackend('wasm');
    const [trained, made] = [await load(), make({ seed: 0 })];
    const layers = (model: tf.LayersModel) =>
      model.layers.map((layer) => [
        layer.name,
        layer.getClassName(),
        ...layer.weights.map(({ shape }) => shape),
      ]);
    assert.deepEqual(layers(trained), layers(made));
    trained.dispose();
    made.dispose();
    assert.equal(tf.memory().numTensors, 0);
  });

  test(`${name}: recognises the share of the test part that is stated with it`, async () => {
    await useBackend('wasm');
    const model = await load();
    // Another engine adds in another order, which may turn a digit that is nearly two.
    assert.ok(Math.abs(accuracy(model, digits().test) - share) <= 0.002);
    model.dispose();
  });

  test(`${name}: the committed weights take up at most 300 kB`, () => {
    const sizes = readdirSync(folder).map((file) => statSync(path.join(folder, file)).size);
    assert.equal(sizes.length, 2);
    assert.ok(sizes.reduce((sum, size) => sum + size) <= 300_000, `${sizes.join(' + ')} bytes`);
  });
}
