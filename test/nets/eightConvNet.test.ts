import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { type BackendName, useBackend } from '../../src/backend/useBackend';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { ENGINE, ENGINES } from '../engines';

test("eightConvNet is the original's network: names, shapes and 100,658,016 parameters", async () => {
  await useBackend('wasm');
  const model = eightConvNet();
  assert.deepEqual(
    model.layers.map(({ name }) => name),
    ['input', ...[1, 2, 3, 4, 5, 6, 7].flatMap((i) => [`conv${i}`, `act${i}`]), 'conv8'],
  );
  assert.equal(model.countParams(), 100_658_016);
  assert.deepEqual(model.inputs[0].shape, [null, 32, 32, 3]);
  assert.deepEqual(model.outputs[0].shape, [null, 32, 32, 4096]);
  assert.deepEqual(model.getLayer('conv8').getWeights()[0].shape, [3, 3, 2048, 4096]);
  model.dispose();
  assert.equal(tf.memory().numTensors, 0);
});

test('the weights are spread evenly over -1/sqrt(fan_in) to 1/sqrt(fan_in)', async () => {
  await useBackend(ENGINE);
  const model = eightConvNet({ inputSize: 2, widths: [64, 128] });
  for (const [name, fanIn] of [
    ['conv1', 27],
    ['conv2', 576],
  ] as const) {
    const bound = 1 / Math.sqrt(fanIn);
    const values = model.getLayer(name).getWeights()[0].dataSync<'float32'>();
    const counts = new Array<number>(8).fill(0);
    for (const value of values) {
      assert.ok(value >= -bound && value <= bound);
      counts[Math.min(7, Math.floor(((value + bound) / (2 * bound)) * 8))]++;
    }
    const expected = values.length / 8;
    for (const count of counts) assert.ok(Math.abs(count - expected) < 5 * Math.sqrt(expected));
  }
  model.dispose();
});

test('the same seed gives the same bits on every engine, another seed others', async () => {
  const first = async (backend: BackendName, seed: number) => {
    await useBackend(backend);
    const model = eightConvNet({ inputSize: 2, widths: [4, 8], seed });
    const values = model.getWeights().map((weight) => Array.from(weight.dataSync<'float32'>()));
    model.dispose();
    return values;
  };
  const cpu = await first('cpu', 7);
  for (const backend of ENGINES) assert.deepEqual(await first(backend, 7), cpu, backend);
  assert.notDeepEqual(await first('cpu', 8), cpu);
  assert.notDeepEqual(cpu[0].slice(0, 4), cpu[1].slice(0, 4));
  // written down once, so that another Node version or machine cannot change them unseen
  assert.deepEqual(cpu[0].slice(0, 3), FIRST_WEIGHTS_OF_SEED_7);
});

const FIRST_WEIGHTS_OF_SEED_7 = [-0.1429745852947235, 0.10174866765737534, -0.1168740764260292];

test('a layer does not depend on the layers behind it', async () => {
  await useBackend(ENGINE);
  const [a, b] = [
    eightConvNet({ inputSize: 2, widths: [4, 8] }),
    eightConvNet({ inputSize: 2, widths: [4, 2, 9] }),
  ];
  assert.deepEqual(a.getWeights()[0].dataSync(), b.getWeights()[0].dataSync());
  a.dispose();
  b.dispose();
});

test('the configuration tells how the weights were drawn', async () => {
  await useBackend(ENGINE);
  const model = eightConvNet({ inputSize: 2, widths: [4], seed: 3 });
  const bound = 1 / Math.sqrt(27);
  assert.deepEqual(model.getLayer('conv1').getConfig().kernelInitializer, {
    className: 'RandomUniform',
    config: { minval: -bound, maxval: bound, seed: 3 },
  });
  model.dispose();
});

test('eightConvNet refuses sizes that are not positive integers', () => {
  assert.throws(() => eightConvNet({ inputSize: 0 }), {
    name: 'RangeError',
    message: 'inputSize must be a positive integer, but is 0.',
  });
  assert.throws(() => eightConvNet({ widths: [4, 2.5] }), {
    name: 'RangeError',
    message: 'widths must be positive integers, but one is 2.5.',
  });
  assert.throws(() => eightConvNet({ widths: [] }), {
    name: 'RangeError',
    message: 'widths must name at least one layer, but the list is empty.',
  });
  assert.throws(() => eightConvNet({ seed: 0.5 }), {
    name: 'RangeError',
    message: 'seed must be an integer, but is 0.5.',
  });
});
