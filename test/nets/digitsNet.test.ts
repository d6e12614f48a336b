import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BackendName, useBackend } from '../../src/backend/useBackend';
import { digitsNet } from '../../src/nets/digitsNet';
import { multiplyAdds } from '../../src/report/multiplyAdds';
import { ENGINES } from '../engines';

const NAMES = ['conv1', 'act1', 'conv2', 'act2', 'conv3', 'act3', 'conv4', 'act4', 'conv5', 'pool'];

test('digitsNet has the layers and sizes that it states', async () => {
  await useBackend('cpu');
  const model = digitsNet();
  assert.deepEqual(
    model.layers.map(({ name }) => name),
    ['input', ...NAMES],
  );
  assert.equal(model.countParams(), 70_560);
  assert.deepEqual(model.inputs[0].shape, [null, 28, 28, 1]);
  assert.deepEqual(model.outputs[0].shape, [null, 10]);
  // places of the outputs of conv1 to conv5, times the numbers of their kernels; pooling counts nothing
  const expected = 784 * 288 + 196 * 9216 + 49 * (18_432 + 36_864 + 5_760);
  assert.equal(multiplyAdds(model).total, expected);
  model.dispose();
});

test('the same seed gives the same bits on every engine, another seed others', async () => {
  const first = async (backend: BackendName, seed: number) => {
    await useBackend(backend);
    const model = digitsNet({ seed });
    const values = model.getWeights().map((weight) => Array.from(weight.dataSync<'float32'>()));
    model.dispose();
    return values;
  };
  const cpu = await first('cpu', 7);
  for (const backend of ENGINES) assert.deepEqual(await first(backend, 7), cpu, backend);
  assert.notDeepEqual(await first('cpu', 8), cpu);
  for (const [i, fanIn] of [9, 288, 288, 576, 576].entries()) {
    const largest = Math.max(...cpu[i].map(Math.abs));
    const bound = Math.sqrt(6 / fanIn);
    assert.ok(largest <= bound && largest > 0.98 * bound, `conv${i + 1}: ${largest}`);
  }
});

test('digitsNet refuses a seed that is not an integer', () => {
  assert.throws(() => digitsNet({ seed: 0.5 }), {
    name: 'RangeError',
    message: 'seed must be an integer, but is 0.5.',
  });
});
