import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTensor } from '../../src/backend/createTensor';
import { makeWeights, noValues } from '../../src/backend/makeWeights';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { ENGINES } from '../engines';
import { branchedNet, mixedNet } from '../files/models';

const shapesOf = ({ weights }: tf.LayersModel) =>
  weights.map(({ shape, name }) => [shape, name.split('_')[0]]);

for (const backend of ENGINES) {
  test(`weights without values have names and shapes and take no memory on ${backend}`, async () => {
    await useBackend(backend);
    for (const make of [mixedNet, branchedNet]) {
      const usual = make();
      const { numBytes, numTensors } = tf.memory();
      const model = makeWeights(noValues, make);
      assert.equal(tf.memory().numBytes, numBytes);
      assert.equal(tf.memory().numTensors, numTensors + usual.weights.length);
      assert.deepEqual(shapesOf(model), shapesOf(usual));
      assert.equal(model.countParams(), usual.countParams());
      assert.throws(() => model.predict(tf.ones([1, 6, 6, 3])));
      for (const each of [model, usual]) for (const weight of each.weights) weight.read().dispose();
    }
  });

  test(`a wide layer without values costs nothing on ${backend}`, async () => {
    await useBackend(backend);
    // 40 GB, which no engine could hold
    const model = makeWeights(noValues, () =>
      tf.sequential({ layers: [tf.layers.dense({ units: 1e5, inputShape: [1e5], useBias: false })] }),
    );
    assert.deepEqual(model.weights[0].shape, [1e5, 1e5]);
    model.dispose();
  });
}

test('initializers are not asked, and say what they said; afterwards layers make their own weights again', async () => {
  await useBackend('cpu');
  const kernelInitializer = tf.initializers.constant({ value: 3 });
  const make = () =>
    tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer })] });
  const filled = makeWeights((shape) => createTensor(shape, (values) => values.fill(7)), make);
  assert.deepEqual(Array.from(filled.getWeights()[0].dataSync()), [7, 7, 7, 7]);
  assert.deepEqual(filled.layers[0].getConfig().kernelInitializer, {
    className: 'Constant',
    config: { value: 3 },
  });
  assert.throws(() =>
    makeWeights(noValues, () => {
      throw new Error('half way');
    }),
  );
  const own = make();
  assert.deepEqual(Array.from(own.getWeights()[0].dataSync()), [3, 3, 3, 3]);
  for (const model of [filled, own]) model.dispose();
});
