import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { saveModel } from '../../src/files/saveModel';
import { applyPlan } from '../../src/pruning/applyPlan';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { prune } from '../../src/pruning/prune';
import { ENGINE, TOLERANCE } from '../engines';
import { followManifest } from '../files/followManifest';
import { temporaryDirectory } from '../files/models';
import { keptFilters } from '../pruning/keptFilters';
import { computes, lawOf } from '../pruning/lawTools';
import { random } from '../pruning/random';
import { LESSON_NETS } from './lessonNets';
import { OTHER_NETS } from './otherNets';
import { PICTURE_NETS } from './pictureNets';

const NETS = [...LESSON_NETS, ...PICTURE_NETS, ...OTHER_NETS];

function samples({ inputs: [{ shape }] }: tf.LayersModel, count: number): tf.Tensor {
  const sizes = [count, ...(shape.slice(1) as number[])];
  const next = random(count);
  return tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(sizes) }, () => next() * 2 - 1),
    sizes,
  );
}

const sorted = (sets: string[][]) => sets.map((names) => [...names].sort()).sort();

for (const { name, build, tied, whole, all, half, parameters } of NETS) {
  test(`${name}: what is cut together and what is not cut are as written by hand`, async () => {
    await useBackend(ENGINE);
    const model = build();
    const groups = findGroups(model).map(({ members, notCut }) => ({
      layers: members.filter(({ role }) => role === 'produces').map(({ layer }) => layer),
      notCut,
    }));
    assert.deepEqual(
      sorted(groups.map(({ layers }) => layers).filter(({ length }) => length > 1)),
      sorted(tied),
    );
    const left = groups.flatMap(({ layers, notCut }) =>
      layers.flatMap((each) => (notCut ? [[each, notCut]] : [])),
    );
    assert.deepEqual(Object.fromEntries(left), whole);
    const makers = model.layers.filter((layer) => /^(Conv|Dense)/.test(layer.getClassName()));
    assert.deepEqual(
      sorted([groups.flatMap(({ layers }) => layers)]),
      sorted([makers.map((each) => each.name)]),
    );
    model.dispose();
  });

  test(`${name}: the numbers that are left are counted by another formula`, async () => {
    await useBackend(ENGINE);
    const model = build();
    assert.equal(model.countParams(), parameters(all));
    const pruned = prune(model, { percent: 0.5 });
    assert.equal(pruned.countParams(), parameters(half));
    model.dispose();
    pruned.dispose();
  });

  for (const percent of [0.3, 0.5]) {
    test(`${name}: sliced equals masked at percent ${percent}`, async (t) => {
      await useBackend(ENGINE);
      const model = build();
      if (!computes(ENGINE, model)) return t.skip(`TensorFlow.js computes it wrongly on ${ENGINE}`);
      const plan = makePlan(model, { percent });
      const [sliced, masked] = [applyPlan(model, plan), maskPlan(model, plan)];
      assert.ok(sliced.countParams() < model.countParams());
      const original = { model, inputs: [samples(model, 2)], kept: keptFilters(model, sliced) };
      for (const other of [sliced, masked]) {
        const { error, largest } = lawOf(original, other);
        assert.ok(error <= TOLERANCE[ENGINE], `${error}`);
        assert.ok(largest > 1e-3);
      }
      for (const each of [model, sliced, masked]) each.dispose();
    });
  }

  test(`${name}: pruned, saved, read by TensorFlow.js's own loader, one sample or three`, async (t) => {
    await useBackend(ENGINE);
    const [model, dir] = [build(), temporaryDirectory(t)];
    const pruned = prune(model, { percent: 0.5 });
    await saveModel(pruned, dir);
    const loaded = await tf.loadLayersModel(followManifest(dir));
    const names = (each: tf.LayersModel) => each.weights.map(({ originalName }) => originalName);
    assert.deepEqual(names(loaded), names(model));
    const three = samples(model, 3);
    const outputs = loaded.predict(three) as tf.Tensor;
    assert.deepEqual(outputs.dataSync(), (pruned.predict(three) as tf.Tensor).dataSync());
    const one = loaded.predict(three.slice(2, 1)) as tf.Tensor;
    assert.deepEqual(one.shape, [1, ...outputs.shape.slice(1)]);
    const difference = one.sub(outputs.slice(2, 1)).abs().max().dataSync()[0];
    assert.ok(difference <= TOLERANCE[ENGINE] * outputs.abs().max().dataSync()[0], `${difference}`);
    for (const each of [model, pruned, loaded]) each.dispose();
  });

  test(`${name}: after pruning, one step of training reaches every weight`, async () => {
    await useBackend('cpu');
    const model = build();
    const pruned = prune(model, { percent: 0.5 });
    const inputs = samples(model, 4);
    const targets = tf.ones([4, ...(pruned.outputs[0].shape.slice(1) as number[])]);
    const variables = pruned.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(() => {
      const outputs = pruned.apply(inputs, { training: true }) as tf.Tensor;
      return outputs.sub(targets).square().mean() as tf.Scalar;
    }, variables);
    variables.forEach(({ name: variable, shape }, i) => {
      const { originalName } = pruned.trainableWeights[i];
      assert.deepEqual(grads[variable].shape, shape, originalName);
      const values = grads[variable].dataSync();
      assert.ok(values.every(Number.isFinite), originalName);
      assert.ok(values.some((value) => value !== 0), `${originalName} learns nothing`); // biome-ignore format: one line
    });
    const before = variables.map((variable) => variable.dataSync().slice());
    pruned.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    assert.ok(Number.isFinite(await pruned.trainOnBatch(inputs, targets)));
    // a shift that a batch norm takes away again may stay as it is
    const moved = variables.filter((variable, i) =>
      variable.dataSync().some((value, k) => value !== before[i][k]),
    );
    assert.ok(moved.length > 0.8 * variables.length);
    model.dispose();
    pruned.dispose();
    await useBackend(ENGINE);
  });
}
