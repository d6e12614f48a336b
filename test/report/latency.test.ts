import * as assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { latency, latencyPair, latencyText } from '../../src/report/latency';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

function net(size: number): tf.LayersModel {
  return tf.sequential({
    layers: [tf.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [size, size, 3] })],
  });
}

test('times as many runs as asked for, after as many that are not timed', async () => {
  const model = net(4);
  let passes = 0;
  const predict = model.predict.bind(model);
  model.predict = (...args) => {
    passes++;
    return predict(...args);
  };
  const result = await latency(model, { warmup: 2, repeats: 5 });
  assert.equal(passes, 7);
  const sorted = [...result.times].sort((a, b) => a - b);
  assert.equal(sorted.length, 5);
  assert.deepEqual(result, {
    min: sorted[0],
    q1: sorted[1],
    median: sorted[2],
    q3: sorted[3],
    max: sorted[4],
    repeats: 5,
    warmup: 2,
    backend: ENGINE === 'native' ? 'tensorflow' : ENGINE,
    times: result.times,
  });
  assert.ok(sorted[0] > 0);
});

test('leaves no tensor behind, also when the model fails', async () => {
  const model = net(4);
  const tensors = tf.memory().numTensors;
  await latency(model, { repeats: 2 });
  assert.equal(tf.memory().numTensors, tensors);
  model.predict = () => {
    throw new Error('broken');
  };
  await assert.rejects(latency(model), { message: 'broken' });
  assert.equal(tf.memory().numTensors, tensors);
});

test('gives the same random input for the same seed', async () => {
  const model = net(2);
  const inputs: number[][] = [];
  model.predict = (x) => {
    inputs.push(Array.from([x as tf.Tensor].flat()[0].dataSync()));
    return tf.zeros([1]);
  };
  for (const seed of [1, 1, 2]) await latency(model, { seed, repeats: 1, warmup: 0 });
  assert.deepEqual(inputs[0], inputs[1]);
  assert.notDeepEqual(inputs[0], inputs[2]);
});

test('lets other work run between two passes', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 0);
  const model = net(4);
  const predict = model.predict.bind(model);
  const seen = new Set<number>();
  model.predict = (...args) => {
    seen.add(ticks);
    const until = performance.now() + 2; // longer than the timer's millisecond
    while (performance.now() < until);
    return predict(...args);
  };
  await latency(model, { repeats: 3, warmup: 0 });
  clearInterval(timer);
  assert.ok(seen.size > 1, `the timer ticked ${ticks} times`);
});

test('needs an input size from the model or from inputShape', async () => {
  const input = tf.input({ name: 'picture', shape: [null, null, 3] });
  const conv = tf.layers.conv2d({ filters: 2, kernelSize: 1 });
  const open = tf.model({ inputs: input, outputs: conv.apply(input) as tf.SymbolicTensor });
  assert.equal((await latency(open, { inputShape: [3, 5, 3], repeats: 1 })).times.length, 1);
  await assert.rejects(latency(open), {
    name: 'RangeError',
    message: "The input 'picture' has no fixed size, [?, ?, 3]: say one with inputShape, e.g. [32, 32, 3].",
  });
  await assert.rejects(latency(open, { inputShape: [3, 5, 4] }), {
    name: 'RangeError',
    message: "inputShape must fit the input 'picture', [?, ?, 3], but is [3, 5, 4].",
  });
});

test('refuses numbers of runs that are none', async () => {
  await assert.rejects(latency(net(4), { repeats: 0 }), {
    name: 'RangeError',
    message: 'repeats must be a positive integer, but is 0.',
  });
  await assert.rejects(latency(net(4), { repeats: 2.5 }), {
    name: 'RangeError',
    message: 'repeats must be a positive integer, but is 2.5.',
  });
  await assert.rejects(latency(net(4), { warmup: -1 }), {
    name: 'RangeError',
    message: 'warmup must be an integer, 0 or more, but is -1.',
  });
});

test('prints median, spread and how it was measured', () => {
  const figures = { median: 12.345, min: 11, max: 123.4, q1: 12, q3: 13, times: [] };
  assert.equal(
    latencyText({ ...figures, repeats: 5, warmup: 1, backend: 'wasm' }),
    'Latency: 12.3 ms median, 11.0 to 123 ms (5 runs after 1 warm-up, one sample, wasm)',
  );
});

test('latencyPair measures two models in turn, one pass each', async () => {
  const calls: string[] = [];
  const named = (name: string) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] });
    const predict = model.predict.bind(model);
    model.predict = (...args) => {
      calls.push(name);
      return predict(...args);
    };
    return model;
  };
  const tensors = tf.memory().numTensors;
  const [a, b] = [named('a'), named('b')];
  const { before, after } = await latencyPair(a, b, { repeats: 2, warmup: 1 });
  assert.equal(calls.join(''), 'ababab');
  assert.deepEqual([before.times.length, after.times.length], [2, 2]);
  a.dispose();
  b.dispose();
  assert.equal(tf.memory().numTensors, tensors);
});
