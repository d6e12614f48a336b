import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan } from '../../src/pruning/makePlan';
import { prune } from '../../src/pruning/prune';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

const small = () => eightConvNet({ inputSize: 2, widths: [4, 2] });

for (const [percent, message] of [
  [1, 'It is 1.'],
  [-0.1, 'It is -0.1.'],
  [Number.NaN, 'It is NaN.'],
  [50, 'It is 50. For 50 % write 0.5.'],
  ['0.5' as never, "It is the text '0.5'."],
] as const) {
  test(`prune refuses percent ${percent}`, () => {
    const model = small();
    assert.throws(() => prune(model, { percent }), {
      name: 'RangeError',
      message: `percent must be a fraction, 0 <= percent < 1: the share of the channels to cut. ${message}`,
    });
    model.dispose();
  });
}

test('prune refuses an importance that it does not know', () => {
  const model = small();
  assert.throws(() => prune(model, { percent: 0.5, importance: 'l3' as 'l1' }), {
    name: 'RangeError',
    message: "importance must be 'l1', 'random' or a function, but is 'l3'.",
  });
  model.dispose();
});

class Wavelet extends tf.layers.Layer {
  static readonly className = 'Wavelet';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.clone([inputs].flat()[0]);
  }
}
tf.serialization.registerClass(Wavelet);

const withWavelet = () =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 4, kernelSize: 3, name: 'first' }),
      new Wavelet({ name: 'wave' }),
      tf.layers.conv2d({ filters: 6, kernelSize: 1, name: 'second' }),
      tf.layers.conv2d({ filters: 2, kernelSize: 1, name: 'third' }),
    ],
  });

test('a layer type without a rule is an error that names the layer and the way out', () => {
  const model = withWavelet();
  assert.throws(() => prune(model, { percent: 0.5 }), {
    name: 'TypeError',
    message:
      "The layer 'wave' is a Wavelet, which TensorFlow.js does not ship, and there is no rule for what that does " +
      "with channels. unknownLayers: 'protect' cuts nothing in front of it and behind it.",
  });
  assert.throws(() => prune(model, { percent: 0.5, unknownLayers: 'guess' as never }), {
    name: 'RangeError',
    message: "unknownLayers must be 'protect' or left out, but is 'guess'.",
  });
  model.dispose();
});

test("with unknownLayers: 'protect' the rest of the model is cut", () => {
  const model = withWavelet();
  const plan = makePlan(model, { percent: 0.5, unknownLayers: 'protect' });
  assert.deepEqual(
    plan.groups.map(({ name, notCut, cut }) => [name, notCut, cut.length]),
    [
      ['first', 'wave is a Wavelet, which has no rule', 0],
      ['second', undefined, 3],
      ['third', 'third is an output of the model (pruneOutputs: true cuts it, too)', 0],
    ],
  );
  const half = applyPlan(model, JSON.parse(JSON.stringify(plan)));
  assert.deepEqual(
    half.getWeights().map(({ shape }) => shape),
    [[3, 3, 1, 4], [4], [1, 1, 4, 3], [3], [1, 1, 3, 2], [2]],
  );
  half.dispose();
  model.dispose();
});

test('prune refuses what is no model, no options, and options that do not exist', () => {
  const model = small();
  assert.throws(() => prune(undefined as never, { percent: 0.5 }), {
    name: 'TypeError',
    message: 'Expected a tf.LayersModel with inputs and outputs to prune, but found none.',
  });
  const expected =
    'Expected options such as { percent: 0.5 }, of percent, percentByLayer, ignore, importance, pruneOutputs, unknownLayers, seed';
  assert.throws(() => prune(model, undefined as never), {
    name: 'TypeError',
    message: `${expected}, but found none.`,
  });
  assert.throws(() => prune(model, { percent: 0.5, pruneOutput: true } as never), {
    name: 'TypeError',
    message: `${expected}, but found pruneOutput.`,
  });
  model.dispose();
});
