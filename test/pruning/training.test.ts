import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probedModel } from '../../scripts/rules/probeLayer';
import { PROBES } from '../../scripts/rules/probes';
import { TRAINING_CASES, trainedModel } from '../../scripts/rules/trainingCases';
import { trainingFailure } from '../../scripts/rules/trainingFailure';
import { useBackend } from '../../src/backend/useBackend';
import { prune } from '../../src/pruning/prune';
import { RULES } from '../../src/pruning/rules';
import { ENGINE } from '../engines';

/** What TensorFlow.js 4.22 cannot train, pruned or not; here is where a newer version that can is noticed. */
const CANNOT_TRAIN = [
  'Conv3DTranspose',
  'BatchNormalization, axis 1',
  'BatchNormalization, scale false',
  'BatchNormalization, center false',
  'BatchNormalization of volumes',
  'Conv1D, dilated',
  'Conv2D, dilated',
  'SeparableConv2D, dilated',
];

test('every layer type with weights trains after pruning, but for those that TensorFlow.js cannot train', async () => {
  await useBackend('cpu');
  const failures: Record<string, string> = {};
  for (const [name, trained] of Object.entries(TRAINING_CASES)) {
    const model = trainedModel(trained);
    const pruned = prune(model, { percent: 0.5 });
    const [whole, cut] = [model, pruned].map((each) => trainingFailure(each, trained.shape));
    assert.equal(cut === undefined, whole === undefined, `${name}: ${cut} pruned, ${whole} before`);
    if (cut !== undefined) failures[name] = cut;
    model.dispose();
    pruned.dispose();
  }
  assert.deepEqual(Object.keys(failures), CANNOT_TRAIN, JSON.stringify(failures, undefined, 1));
  await useBackend(ENGINE);
});

test('there is a case of training for every layer type that has weights', () => {
  const missing = Object.keys(RULES).filter((type) => {
    if (/Cells?$/.test(type)) return false; // part of the layer that runs it
    const model = probedModel(type, PROBES[type]?.[0] ?? {});
    const { weights } = model.getLayer('x');
    model.dispose();
    return weights.length > 0 && !(type in TRAINING_CASES);
  });
  assert.deepEqual(missing, []);
});

test('on wasm no convolution can be trained, as README.md says', async () => {
  await useBackend('wasm');
  const { shape, layer } = TRAINING_CASES.Conv2D;
  const model = trainedModel({ shape, layer });
  assert.match(trainingFailure(model, shape) ?? '', /Kernel 'Conv2DBackpropFilter' not registered/);
  model.dispose();
  await useBackend(ENGINE);
});
