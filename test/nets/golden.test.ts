import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { makePlan } from '../../src/pruning/makePlan';
import { prune } from '../../src/pruning/prune';
import { ENGINES, TOLERANCE } from '../engines';
import { GOLDEN_NETS } from './goldenNets';

/** Written by bench/pytorch_layers_reference.py; each file names its conventions. */
interface Golden {
  percent: number;
  input_shape: number[];
  input: number[];
  weights: Record<string, { shape: number[]; values: number[] }>;
  output: number[];
  /** By layer: the filters that stay, chosen by PyTorch. */
  kept: Record<string, number[]>;
  pruned_parameters: number;
  pruned_output: number[];
}

for (const backend of ENGINES) {
  for (const [name, build] of Object.entries(GOLDEN_NETS)) {
    test(`${name}.json: kept channels and both outputs are PyTorch's, on ${backend}`, async () => {
      await useBackend(backend);
      const file = path.join(__dirname, '..', 'golden', `${name}.json`);
      const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
      const input = tf.input({ shape: golden.input_shape.slice(1) });
      const model = tf.model({ inputs: input, outputs: build(input) });
      assert.equal(model.weights.length, Object.keys(golden.weights).length);
      model.setWeights(
        model.weights.map(({ originalName, shape }) => {
          const weight = golden.weights[originalName];
          assert.deepEqual(weight.shape, shape, originalName);
          return tf.tensor(weight.values, weight.shape);
        }),
      );
      const x = tf.tensor(golden.input, golden.input_shape);
      assertClose(model.predict(x) as tf.Tensor, golden.output, TOLERANCE[backend]);

      const kept: Record<string, number[]> = {};
      for (const { layers, keep, notCut } of makePlan(model, { percent: golden.percent }).groups) {
        if (!notCut) for (const layer of layers) kept[layer] = keep;
      }
      assert.deepEqual(kept, golden.kept);
      const pruned = prune(model, { percent: golden.percent });
      assert.notDeepEqual(golden.pruned_output, golden.output);
      assert.equal(pruned.countParams(), golden.pruned_parameters);
      assertClose(pruned.predict(x) as tf.Tensor, golden.pruned_output, TOLERANCE[backend]);
      model.dispose();
      pruned.dispose();
    });
  }
}

function assertClose(found: tf.Tensor, expected: number[], tolerance: number): void {
  const actual = found.dataSync();
  assert.equal(actual.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  assert.ok(scale > 1e-3);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(actual[i] - value) <= tolerance * scale, `${actual[i]} is not ${value}, index ${i}`);
  });
}
