import * as assert from 'node:assert/strict';
import { tf } from '../../src/backend/tf';
import { mobileNetBlock } from '../../src/nets/mobileNetBlock';
import { resNet } from '../../src/nets/resNet';
import { vggNet } from '../../src/nets/vggNet';
import { yoloBlock } from '../../src/nets/yoloBlock';
import { prune } from '../../src/pruning/prune';
import { withRandomWeights } from '../nets/netCase';
import { threeFileNet } from './models';

/** A separable convolution with a multiplier, its batch norm and slopes, in a model that is a layer of another one. */
function nestedNet(): tf.LayersModel {
  const inputShape = [6, 6, 5];
  const input = tf.input({ shape: [6, 6, 3] });
  const inner = tf.sequential({
    name: 'inner',
    layers: [
      tf.layers.separableConv2d({ filters: 6, kernelSize: 3, depthMultiplier: 2, inputShape }),
      tf.layers.batchNormalization(),
      tf.layers.prelu(),
    ],
  });
  const front = tf.layers.conv2d({ filters: 5, kernelSize: 3, padding: 'same', activation: 'softplus' });
  const layers = [front, inner, tf.layers.conv2d({ filters: 2, kernelSize: 3 })];
  const outputs = layers.reduce<tf.SymbolicTensor>((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  return withRandomWeights(tf.model({ inputs: input, outputs }));
}

const BUILDERS: Record<string, () => tf.LayersModel> = {
  vggNet: () => vggNet({ inputSize: 16 }),
  resNet: () => resNet({ inputSize: 16 }),
  yoloBlock: () => yoloBlock({ inputSize: 16 }),
  mobileNetBlock: () => mobileNetBlock({ inputSize: 16 }),
  'nested model with a separable convolution': nestedNet,
  'several files of weights': () => threeFileNet(5),
};

/** Networks of which half the channels were cut, by name; all others that have a name are in `test/nets`. */
export const PRUNED_NETS = Object.entries(BUILDERS).map(([name, build]) => ({
  name,
  build: () => prunedHalf(build()),
}));

/** The model at percent 0.5; the one that is given is disposed. */
export function prunedHalf(whole: tf.LayersModel): tf.LayersModel {
  const pruned = prune(whole, { percent: 0.5 });
  assert.ok(pruned.countParams() < whole.countParams());
  whole.dispose();
  return pruned;
}
