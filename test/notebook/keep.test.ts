import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { keep } from '../../src/notebook/keep';
import { ENGINE } from '../engines';

test('keep disposes the model that had the name before, and no other', async () => {
  await useBackend(ENGINE);
  const model = () => tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 3 })] });
  const before = tf.memory().numTensors;
  const a = keep('a', model());
  const b = keep('b', model());
  assert.equal(tf.memory().numTensors, before + 4);
  const a2 = keep('a', model());
  assert.notEqual(a2, a);
  assert.equal(tf.memory().numTensors, before + 4);
  assert.equal(keep('a', a2), a2);
  assert.equal(a2.countParams(), 9);
  assert.equal(b.countParams(), 9);
  assert.equal(tf.memory().numTensors, before + 4);
  a2.dispose();
  b.dispose();
});
