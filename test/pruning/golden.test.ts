import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { l1Norms } from '../../src/pruning/l1Norms';
import { makePlan } from '../../src/pruning/makePlan';
import { prune } from '../../src/pruning/prune';
import { ENGINES } from '../engines';

/** Written by PyTorch; see `made_with` in each file for the conventions. */
interface Golden {
  percent: number;
  widths: number[];
  size: number;
  weights_hwio: number[][];
  input_nhwc: number[];
  output_nhwc: number[];
  l1_norms: number[][];
  kept: number[][];
  pruned_output_nhwc: number[];
}

for (const backend of ENGINES) {
  for (const name of ['half', 'third', 'most']) {
    test(`norms, kept channels and outputs are PyTorch's (${name}.json on ${backend})`, async () => {
      await useBackend(backend);
      const file = path.join(__dirname, '..', 'golden', `${name}.json`);
      const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
      const model = eightConvNet({ inputSize: golden.size, widths: golden.widths });
      model.setWeights(
        model.getWeights().map(({ shape }, index) => tf.tensor(golden.weights_hwio[index], shape)),
      );
      const input = tf.tensor(golden.input_nhwc, [1, golden.size, golden.size, 3]);

      golden.l1_norms.forEach((norms, index) => {
        assertClose(l1Norms(model, `conv${index + 1}`), norms);
      });
      const plan = makePlan(model, { percent: golden.percent, pruneOutputs: true });
      assert.deepEqual(
        plan.groups.map(({ keep }) => keep),
        golden.kept,
      );
      assertClose((model.predict(input) as tf.Tensor).dataSync(), golden.output_nhwc);
      const pruned = prune(model, { percent: golden.percent, pruneOutputs: true });
      assertClose((pruned.predict(input) as tf.Tensor).dataSync(), golden.pruned_output_nhwc);
    });
  }
}

function assertClose(actual: ArrayLike<number>, expected: number[]): void {
  assert.equal(actual.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  assert.ok(scale > 0);
  expected.forEach((value, index) => {
    assert.ok(
      Math.abs(actual[index] - value) <= 1e-5 * scale,
      `${actual[index]} is not ${value}, index ${index}`,
    );
  });
}
