import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { loadPlan } from '../../src/files/loadPlan';
import { saveModel } from '../../src/files/saveModel';
import { savePlan } from '../../src/files/savePlan';
import { applyPlan } from '../../src/pruning/applyPlan';
import { explain } from '../../src/pruning/explain';
import { findGroups } from '../../src/pruning/findGroups';
import { makePlan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { ENGINE, TOLERANCE } from '../engines';
import { denseChain, nestedChain, plainChain, residualChain } from '../nets/deepNets';

/** A net that is deep, with its number of groups and the widths of the last block's convolution. */
interface Deep {
  make: () => tf.LayersModel;
  groups: number;
  /** The last convolution's kernel [3, 3, in, out] after half of every group has gone. */
  last: [string, number[]];
}

const NETS: Record<string, Deep> = {
  'A plain chain of 1,000 blocks, 3,000 layers,': {
    make: () => plainChain(1000),
    groups: 1001,
    last: ['conv1000', [3, 3, 4, 4]],
  },
  'A residual chain of 1,000 blocks, 4,000 layers,': {
    make: () => residualChain(1000),
    groups: 2,
    last: ['conv1000', [3, 3, 4, 4]],
  },
  // the input's 8 channels stay, and each of 99 blocks adds one of its two
  'A chain of 100 blocks that read all before them': {
    make: () => denseChain(100),
    groups: 101,
    last: ['conv100', [3, 3, 8 + 99, 1]],
  },
  'A model 50 models deep': {
    make: () => nestedChain(50),
    groups: 51,
    last: [[...Array.from({ length: 50 }, (_, i) => `level${i + 1}`), 'conv50'].join('/'), [3, 3, 4, 4]],
  },
};

for (const [name, { make, groups, last }] of Object.entries(NETS)) {
  test(`${name} is pruned, masked, explained, saved and loaded, and sliced equals masked`, async () => {
    await useBackend(ENGINE);
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'deep-'));
    const net = make();
    try {
      assert.equal(findGroups(net).length, groups);
      const plan = makePlan(net, { percent: 0.5 });
      assert.match(explain(plan, net), /channels go \(\d+/);
      const file = path.join(dir, 'plan.json');
      savePlan(plan, file);
      assert.deepEqual(loadPlan(file), plan);

      const [sliced, masked] = [applyPlan(net, plan), maskPlan(net, plan)];
      assert.deepEqual(kernelShape(sliced, last[0]), last[1]);
      await saveModel(sliced, path.join(dir, 'model'));
      const loaded = await loadModel(path.join(dir, 'model'));
      const input = tf.randomUniform([1, 4, 4, 8], -1, 1, 'float32', 1);
      const [full, cut, silent, again] = [net, sliced, masked, loaded].map(
        (model) => (model.predict(input) as tf.Tensor).dataSync() as Float32Array,
      );
      assert.ok(Math.max(...silent.map(Math.abs)) > 1e-3, `${silent}`);
      assert.ok(difference(full, silent) > 1e-3, 'cutting has changed nothing');
      assert.ok(difference(cut, silent) <= TOLERANCE[ENGINE], `${cut} sliced, ${silent} masked`);
      assert.deepEqual(again, cut);
      for (const model of [sliced, masked, loaded]) model.dispose();
    } finally {
      net.dispose();
      fs.rmSync(dir, { recursive: true });
    }
  });
}

/** Of the layer at a path, 'backbone/conv1' for one of a nested model. */
function kernelShape(model: tf.LayersModel, layerPath: string): number[] {
  const names = layerPath.split('/');
  const inner = names.slice(0, -1).reduce((each, name) => each.getLayer(name) as tf.LayersModel, model);
  return inner.getLayer(names[names.length - 1]).weights[0].shape as number[];
}

/** The largest one, relative to the largest expected value. */
function difference(found: Float32Array, expected: Float32Array): number {
  const errors = found.map((value, i) => Math.abs(value - expected[i]));
  return Math.max(...errors) / Math.max(...expected.map(Math.abs));
}
