import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addAbsoluteRows } from '../../src/backend/addAbsoluteRows';
import { createTensor } from '../../src/backend/createTensor';
import { readRows, readValues } from '../../src/backend/readValues';
import { sharedMemory } from '../../src/backend/sharedMemory';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { fillUniform } from '../../src/nets/fillUniform';
import { ENGINES } from '../engines';

const SHAPE = [3, 3, 256, 512]; // 4.7 MB
const skip = !ENGINES.includes('native') && 'native is not installed here (npm run native)';

const large = () => createTensor(SHAPE, (values) => fillUniform(values, 1, 7, 1));

/** What only a copy made by TensorFlow itself can show. */
const first = (tensor: tf.Tensor) => tf.tidy(() => tensor.flatten().slice([0], [1]).mul(1).dataSync()[0]);

test('TensorFlow computes with the very memory that JavaScript reads', { skip }, async () => {
  await useBackend('native');
  const tensor = large();
  assert.equal(first(tensor), readValues(tensor)[0]);
  readValues(tensor)[0] = 42; // nobody may do this; it shows that there is no second copy
  assert.equal(first(tensor), 42);
  tensor.dispose();
});

test('reading a large tensor on native copies nothing, a small one or a result of TensorFlow blocks', {
  skip,
}, async () => {
  await useBackend('native');
  const tensor = large();
  first(tensor);
  assert.equal(readValues(tensor).buffer, sharedMemory(tensor)?.memory.buffer);
  let blocks = 0;
  readRows(tensor, (values) => {
    blocks++;
    assert.equal(values.length, tensor.size);
  });
  assert.equal(blocks, 1);
  const result = tensor.mul(1);
  const small = createTensor([2, 3], (values) => values.fill(1));
  for (const other of [result, small]) assert.equal(sharedMemory(other), undefined);
  assert.deepEqual(readValues(result), readValues(tensor));
  for (const each of [tensor, result, small]) each.dispose();
});

test('sums of a large tensor are the same bit by bit on every engine, made in place or from blocks', async () => {
  const sums = async (backend: (typeof ENGINES)[number], make = large) => {
    await useBackend(backend);
    const tensor = make();
    const result = new Float64Array(SHAPE[3]);
    addAbsoluteRows(result, tensor);
    tensor.dispose();
    return result;
  };
  const expected = await sums('cpu');
  assert.ok(expected.every((sum) => sum > 1000 && sum < 1300), 'half of 2304 values in [-1, 1)'); // biome-ignore format: one line
  for (const backend of ENGINES) {
    assert.deepEqual(await sums(backend), expected, backend);
    assert.deepEqual(
      await sums(backend, () => tf.tidy(() => large().mul(1))),
      expected,
      `${backend}, a result`,
    );
  }
});

test('a large tensor that is moved to another engine and back keeps its values', { skip }, async () => {
  await useBackend('native');
  const tensor = large();
  const expected = readValues(tensor).slice(0, 9);
  for (const backend of ['wasm', 'native'] as const) {
    await useBackend(backend);
    assert.equal(first(tensor), expected[0]);
    assert.deepEqual(readValues(tensor).slice(0, 9), expected);
  }
  tensor.dispose();
});
