import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { type BackendName, useBackend } from '../../src/backend/useBackend';
import { mobileNetBlock } from '../../src/nets/mobileNetBlock';
import { resNet } from '../../src/nets/resNet';
import { vggNet } from '../../src/nets/vggNet';
import { yoloBlock } from '../../src/nets/yoloBlock';
import { prune } from '../../src/pruning/prune';
import { ENGINE, ENGINES } from '../engines';

const namesOf = ({ layers }: tf.LayersModel) => layers.map(({ name }) => name).sort();
const convNorm = (...prefixes: string[]) =>
  prefixes.flatMap((prefix) => [`${prefix}_conv`, `${prefix}_norm`, `${prefix}_act`]);
const basicBlock = (name: string) =>
  [1, 2].flatMap((i) => [`${name}_conv${i}`, `${name}_norm${i}`, `${name}_act${i}`]).concat(`${name}_add`);

for (const [build, names, output] of [
  [
    vggNet,
    [
      ...['input', 'flatten', 'classes', 'pool1', 'pool2', 'pool3'],
      ...[1, 2, 3, 4, 5, 6].flatMap((i) => [`conv${i}`, `norm${i}`, `act${i}`]),
    ],
    [null, 10],
  ],
  [
    resNet,
    [
      ...['input', 'pool', 'classes', ...convNorm('stem')],
      ...[1, 2, 3].flatMap((stage) => [1, 2].flatMap((i) => basicBlock(`stage${stage}_block${i}`))),
      ...[2, 3].flatMap((stage) => [`stage${stage}_block1_skip_conv`, `stage${stage}_block1_skip_norm`]),
    ],
    [null, 10],
  ],
  [
    yoloBlock,
    [
      ...['input', 'join', 'detect', 'pyramid_join', ...convNorm('stem', 'left', 'right', 'join')],
      ...['bottleneck1', 'bottleneck2'].flatMap(basicBlock),
      ...[1, 2].flatMap((i) => [`pyramid_conv${i}`, `pyramid_norm${i}`, `pyramid_act${i}`]),
      ...['pyramid_pool1', 'pyramid_pool2', 'pyramid_pool3'],
    ],
    [null, 16, 16, 8],
  ],
  [
    mobileNetBlock,
    [
      ...['input', 'pool', 'classes', 'block1_add', 'block3_add', ...convNorm('stem')],
      ...[1, 2, 3].flatMap((i) => convNorm(`block${i}_expand`, `block${i}_depthwise`)),
      ...[1, 2, 3].flatMap((i) => [`block${i}_project_conv`, `block${i}_project_norm`]),
    ],
    [null, 10],
  ],
] as [typeof vggNet, string[], (number | null)[]][]) {
  test(`${build.name} has the layers and shapes that it states`, async () => {
    await useBackend(ENGINE);
    const model = build();
    assert.deepEqual(namesOf(model), names.sort());
    assert.deepEqual(model.inputs[0].shape, [null, 32, 32, 3]);
    assert.deepEqual(model.outputs[0].shape, output);
    model.dispose();
  });

  test(`${build.name}: the same seed gives the same bits on every engine, another seed others`, async () => {
    const bits = async (backend: BackendName, seed: number) => {
      await useBackend(backend);
      const model = build({ inputSize: 8, seed });
      const values = model.getWeights().map((weight) => Array.from(weight.dataSync<'float32'>()));
      model.dispose();
      return values;
    };
    const cpu = await bits('cpu', 7);
    for (const backend of ENGINES) assert.deepEqual(await bits(backend, 7), cpu, backend);
    const other = await bits('cpu', 8);
    cpu.forEach((values, i) => {
      assert.notDeepEqual(other[i], values, `weight ${i}`);
      for (const later of cpu.slice(i + 1)) assert.notDeepEqual(later, values, 'two weights are the same');
    });
    await useBackend(ENGINE);
  });

  test(`${build.name}: batch norms look trained, or are as new where that is asked`, async () => {
    await useBackend(ENGINE);
    for (const freshNorms of [false, true]) {
      const model = build({ inputSize: 8, freshNorms });
      const norms = model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
      assert.ok(norms.length > 5);
      for (const layer of norms) {
        layer.getWeights().forEach((weight, i) => {
          const [fresh, from, to] = [[1, 0.5, 1.5], [0, -0.5, 0.5], [0, -0.5, 0.5], [1, 0.5, 1.5]][i]; // biome-ignore format: one line
          const values = Array.from(weight.dataSync());
          if (freshNorms) assert.ok(values.every((value) => value === fresh));
          else assert.ok(values.every((value) => value >= from && value <= to && value !== fresh));
        });
      }
      model.dispose();
    }
  });

  test(`${build.name} leaves no tensor behind, pruned or not`, async () => {
    await useBackend(ENGINE);
    const before = tf.memory().numTensors;
    const model = build({ inputSize: 8 });
    const pruned = prune(model, { percent: 0.5 });
    assert.equal(tf.memory().numTensors - before, model.weights.length + pruned.weights.length);
    model.dispose();
    pruned.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  test(`${build.name} refuses sizes that are not positive integers, and seeds that are not integers`, () => {
    assert.throws(() => build({ inputSize: 2.5 }), {
      name: 'RangeError',
      message: 'inputSize must be a positive integer, but is 2.5.',
    });
    assert.throws(() => build({ seed: 0.5 }), {
      name: 'RangeError',
      message: 'seed must be an integer, but is 0.5.',
    });
  });
}

for (const [build, message] of [
  [() => vggNet({ stages: [[4, 0], [8]] }), 'stages must be positive integers, but one is 0.'], // biome-ignore format: one line
  [() => vggNet({ stages: [] }), 'stages must name at least one layer, but the list is empty.'],
  [() => vggNet({ inputSize: 7 }), 'inputSize must be at least 8 for 3 stages that halve it, but it is 7.'],
  [() => resNet({ widths: [] }), 'widths must name at least one layer, but the list is empty.'],
  [() => yoloBlock({ width: 9 }), 'width must be even, but it is 9.'],
  [() => mobileNetBlock({ expansion: 0 }), 'expansion must be a positive integer, but is 0.'],
] as [() => tf.LayersModel, string][]) {
  test(`a net that cannot be built: ${message}`, () => {
    assert.throws(build, { name: 'RangeError', message });
  });
}
