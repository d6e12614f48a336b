import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { digitsNet } from '../../src/nets/digitsNet';
import { channelNorms } from '../../src/plots/channelNorms';
import { renderSvg } from '../../src/plots/renderChart';
import { applyPlan } from '../../src/pruning/applyPlan';
import { l1Norms } from '../../src/pruning/l1Norms';
import { makePlan } from '../../src/pruning/makePlan';
import { compare } from '../../src/report/compare';
import { pruneCost } from '../../src/report/pruneCost';
import { ENGINE } from '../engines';
import { assertShown, vegaView } from './vegaView';

before(() => useBackend(ENGINE));

/** The smaller net in which only one layer is cut, as `prune` cuts it. */
function onlyCut(model: tf.LayersModel, layer: string, percent: number): tf.LayersModel {
  const plan = makePlan(model, { percent });
  const groups = plan.groups.map((group) =>
    group.name === layer ? group : { ...group, keep: group.scores.map((_, unit) => unit), cut: [] },
  );
  return applyPlan(model, { ...plan, groups });
}

test('counts what is left of the whole net when only this layer is cut, for every percent', () => {
  const model = digitsNet();
  const cost = pruneCost(model);
  for (const layer of ['conv1', 'conv3']) {
    const view = vegaView(channelNorms(l1Norms(model, layer), { layer, percent: 0, cost }));
    for (let hundredth = 0; hundredth < 100; hundredth++) {
      const percent = hundredth / 100;
      view.signal('percent', percent).run();
      const small = onlyCut(model, layer, percent);
      const { parameters, multiplyAdds } = compare(model, small);
      assert.equal(view.signal('parametersLeft'), parameters.after, `${layer} at ${percent}`);
      assert.equal(view.signal('multiplyAddsLeft'), multiplyAdds.after, `${layer} at ${percent}`);
      for (const [unit, { before, after }] of Object.entries({ parameters, 'multiply-adds': multiplyAdds })) {
        const [left, whole] = [after, before].map((count) => Number(count).toLocaleString('en-US'));
        assertShown(view, `${left} of ${whole} ${unit} (`);
      }
      small.dispose();
    }
    view.finalize();
  }
  model.dispose();
});

test('writes the figures under the title, exact to the last digit, and in words', async () => {
  const model = digitsNet();
  const norms = l1Norms(model, 'conv1');
  const chart = channelNorms(norms, { layer: 'conv1', percent: 0.5, cost: pruneCost(model) });
  const svg = await renderSvg(chart);
  // conv1 9 * 16 instead of 9 * 32, conv2 9 * 16 * 32 instead of 9 * 32 * 32
  assert.match(svg, />with only this cut the net keeps 65,808 of 70,560 parameters \(93.27%\)<\/tspan>/);
  const adds = 784 * 144 + 196 * 4608 + 49 * (18432 + 36864 + 5760);
  const addsText = `${adds.toLocaleString('en-US')} of 5,023,872 multiply-adds`;
  assert.ok(svg.includes(`>and ${addsText} (79.78%)<`), svg.match(/>and [^<]*/)?.[0]);
  assert.ok(
    chart.description.endsWith(
      ` With only this layer cut, the whole net keeps 65,808 of 70,560 parameters and ${addsText}.`,
    ),
    chart.description,
  );
  model.dispose();
});

test('leaves multiply-adds out where they cannot be counted', async () => {
  const inputShape = [null, null, 1];
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: 1, inputShape }),
      tf.layers.conv2d({ name: 'b', filters: 2, kernelSize: 1 }),
    ],
  });
  const chart = channelNorms([1, 2, 3, 4], { layer: 'a', percent: 0.5, cost: pruneCost(model) });
  const svg = await renderSvg(chart);
  assert.match(svg, /keeps 10 of 18 parameters \(55.56%\)</);
  assert.doesNotMatch(svg, /multiply-adds/);
  model.dispose();
});

test('refuses a layer that the cost does not know, has with other channels, or does not cut', () => {
  const model = digitsNet();
  const cost = pruneCost(model);
  const draw = (layer: string, n: number) => () =>
    channelNorms(new Float32Array(n), { layer, percent: 0, cost });
  assert.throws(draw('conv9', 32), {
    name: 'RangeError',
    message: "The cost has no layer 'conv9'. Its layers: conv1, conv2, conv3, conv4, conv5.",
  });
  assert.throws(draw('conv1', 31), {
    name: 'RangeError',
    message: 'Expected 32 norms of the channels of conv1 but found 31.',
  });
  assert.throws(draw('conv5', 10), {
    name: 'RangeError',
    message:
      'The channels of conv5 are not cut (pool is an output of the model (pruneOutputs: true cuts it, too)), so there is no cost to show; leave cost out.',
  });
  model.dispose();
});
