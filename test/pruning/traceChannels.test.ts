import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { yoloBlock } from '../../src/nets/yoloBlock';
import { findGroups } from '../../src/pruning/findGroups';
import { type ChannelTrace, traceChannels } from '../../src/pruning/traceChannels';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

/** Of a layer's output, channel by channel: 'stem_conv 0', the first channel of that group. */
function handedOn({ groups, layers }: ChannelTrace, name: string): string[] {
  const layer = layers.find((each) => each.layer === name);
  return (layer?.channels ?? []).map((place) =>
    place ? `${groups[place.group].name} ${place.unit}` : 'none',
  );
}

const units = (group: string, count: number) =>
  Array.from({ length: count }, (_, unit) => `${group} ${unit}`);

test('says for every channel that a layer hands on which unit of which group it is, through sums and joins', () => {
  const model = yoloBlock({ inputSize: 8, width: 4, bottlenecks: 1, outputs: 3 });
  const trace = traceChannels(model);
  assert.deepEqual(trace.groups, findGroups(model));
  assert.deepEqual(handedOn(trace, 'stem_conv'), units('stem_conv', 4));
  assert.deepEqual(handedOn(trace, 'bottleneck1_conv2'), units('left_conv', 2));
  assert.deepEqual(handedOn(trace, 'bottleneck1_add'), units('left_conv', 2));
  assert.deepEqual(handedOn(trace, 'join'), [...units('left_conv', 2), ...units('right_conv', 2)]);
  const pyramid = units('pyramid_conv1', 2);
  assert.deepEqual(handedOn(trace, 'pyramid_join'), [...pyramid, ...pyramid, ...pyramid, ...pyramid]);
  assert.deepEqual(handedOn(trace, 'detect'), units('detect', 3));
  model.dispose();
});

test("says where each layer's inputs come from, in the order of the inputs", () => {
  const model = yoloBlock({ inputSize: 8, width: 4, bottlenecks: 1 });
  const { layers } = traceChannels(model);
  const sources = (name: string) =>
    layers.find(({ layer }) => layer === name)?.from.map((source) => layers[source].layer);
  assert.deepEqual(sources('input'), []);
  assert.deepEqual(sources('stem_conv'), ['input']);
  assert.deepEqual(sources('bottleneck1_add'), ['left_act', 'bottleneck1_act2']);
  assert.deepEqual(sources('join'), ['bottleneck1_add', 'right_act']);
  assert.deepEqual(sources('pyramid_join'), [
    ...['pyramid_act1', 'pyramid_pool1', 'pyramid_pool2', 'pyramid_pool3'],
  ]);
  for (const [i, { from }] of layers.entries()) for (const source of from) assert.ok(source < i);
  model.dispose();
});

test("a nested model's layers stand in its place, once for each use, and inputs have no channels to cut", () => {
  const inner = tf.sequential({
    name: 'inner',
    layers: [tf.layers.conv2d({ name: 'conv', filters: 2, kernelSize: 1, inputShape: [2, 2, 2] })],
  });
  const input = tf.input({ shape: [2, 2, 2], name: 'given' });
  const twice = inner.apply(inner.apply(input)) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: 'flat' }).apply(twice) as tf.SymbolicTensor;
  const model = tf.model({
    inputs: input,
    outputs: tf.layers.dense({ name: 'out', units: 1 }).apply(flat) as tf.SymbolicTensor,
  });
  const trace = traceChannels(model);
  const places = trace.layers.map(({ layer, from }) => [layer, ...from]);
  assert.deepEqual(places, [['given'], ['inner/conv', 0], ['inner/conv', 1], ['flat', 2], ['out', 3]]);
  assert.equal(trace.layers[0].whole, 'given is an input of the model');
  assert.deepEqual(handedOn(trace, 'given'), []);
  const both = units('inner/conv', 2);
  assert.deepEqual(handedOn(trace, 'flat'), [...both, ...both, ...both, ...both]);
  model.dispose();
});
