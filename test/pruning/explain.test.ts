import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { explain } from '../../src/pruning/explain';
import { makePlan } from '../../src/pruning/makePlan';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

const on = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
  layer.apply(x) as tf.SymbolicTensor;
const conv = (name: string, filters: number) =>
  tf.layers.conv2d({ name, filters, kernelSize: 3, padding: 'same' });

/** A residual block with BN, then flattened to a dense layer; beside it a recurrent layer. */
function branchy(): tf.LayersModel {
  const input = tf.input({ shape: [4, 4, 3], name: 'in' });
  const shortcut = on(conv('shortcut', 6), input);
  const inner = on(tf.layers.batchNormalization({ name: 'bn1' }), on(conv('conv1', 8), input));
  const sum = on(tf.layers.add({ name: 'sum' }), [on(conv('conv2', 6), inner), shortcut]);
  const hidden = on(
    tf.layers.dense({ name: 'hidden', units: 5 }),
    on(tf.layers.flatten({ name: 'flat' }), sum),
  );
  const rows = on(tf.layers.repeatVector({ name: 'rows', n: 2 }), hidden);
  const memory = on(tf.layers.lstm({ name: 'memory', units: 3 }), rows);
  return tf.model({ inputs: input, outputs: on(tf.layers.dense({ name: 'out', units: 2 }), memory) });
}

test('says what is cut, what is tied to what, who reads fewer, and what is not cut and why', () => {
  const model = branchy();
  assert.equal(
    explain(makePlan(model, { percent: 0.5 }), model),
    [
      'Cut:',
      '  conv1: 4 of 8 channels go (50.0 %)',
      '    lose the same: bn1',
      '    read fewer: conv2',
      '  conv2 + shortcut: 3 of 6 channels go (50.0 %); they are tied, so that all lose the same ones',
      '    read fewer: hidden (48 of its 96 inputs)',
      'Not cut:',
      '  hidden: all 5 channels stay, because memory is recurrent: its state couples the channels',
      '  out: all 2 channels stay, because out is an output of the model (pruneOutputs: true cuts it, too)',
      '  memory: keeps all its weights; it is of type LSTM',
      'In all 7 of 21 channels go (33.3 %).',
    ].join('\n'),
  );
});

test('says so where nothing is cut, and where everything is', () => {
  const input = tf.input({ shape: [4, 4, 3] });
  const model = tf.model({ inputs: input, outputs: on(conv('only', 4), input) });
  const end = 'In all 0 of 4 channels go (0.0 %).';
  assert.equal(
    explain(makePlan(model, { percent: 0.1, pruneOutputs: true }), model),
    `Cut:\n  nothing\nNot cut:\n  only: all 4 channels stay, because the plan cuts none of them\n${end}`,
  );
  assert.equal(
    explain(makePlan(model, { percent: 0.5, pruneOutputs: true }), model),
    'Cut:\n  only: 2 of 4 channels go (50.0 %)\nNot cut:\n  nothing: every layer loses channels\n' +
      'In all 2 of 4 channels go (50.0 %).',
  );
});

test('a plan that does not fit is refused', () => {
  const [model, other] = [branchy(), branchy()];
  const plan = makePlan(model, { percent: 0.5 });
  plan.groups[0].cut = [];
  assert.throws(() => explain(plan, other), {
    message:
      "The plan's keep and cut of 'conv1' must together name each of its 8 channels once (0 to 7), but name 4: " +
      `${plan.groups[0].keep.join(', ')}.`,
  });
});
