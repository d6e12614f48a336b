import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { joinLayers } from '../../src/pruning/joinLayers';
import { ENGINE } from '../engines';
import { denseChain } from '../nets/deepNets';

test('a model that joinLayers makes has the layers of that which TensorFlow.js makes, in the same order, with their own ids', async () => {
  await useBackend(ENGINE);
  const { inputs, outputs, name, layers } = denseChain(3);
  const ids = idsOf(layers);
  const joined = joinLayers(tf.LayersModel, { inputs, outputs, name });
  assert.deepEqual(joined.layers, layers);
  assert.deepEqual(idsOf(joined.layers), ids);
  assert.equal(new Set(ids).size, layers.length);
  joined.dispose();
});

test('where joinLayers fails, the layers have their own ids again', () => {
  const { inputs, outputs, name, layers } = denseChain(2);
  const ids = idsOf(layers);
  class Broken extends tf.LayersModel {
    constructor() {
      super({ inputs, outputs });
      assert.deepEqual(
        idsOf(layers).sort((a, b) => a - b),
        layers.map((_, i) => i),
      );
      throw new Error('broken');
    }
  }
  assert.throws(() => joinLayers(Broken, { inputs, outputs, name }), { message: 'broken' });
  assert.deepEqual(idsOf(layers), ids);
});

function idsOf(layers: tf.layers.Layer[]): number[] {
  return layers.map(({ id }) => id);
}
