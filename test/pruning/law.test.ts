import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan, type Plan } from '../../src/pruning/makePlan';
import { maskPlan } from '../../src/pruning/maskPlan';
import { RULES, type Rule } from '../../src/pruning/rules';
import { ENGINE, ENGINES, TOLERANCE } from '../engines';
import { maskedOracle } from './maskedOracle';
import { type Chain, random, randomChain } from './randomChain';

const NETS = 200;
const seeds = Array.from({ length: NETS }, (_, seed) => seed);

/** The largest |sliced - masked|, relative to max|masked|, over all outputs and their kept channels. */
function lawError(chain: Chain, plan: Plan): { error: number; largest: number; cutThrough: string[] } {
  const sliced = applyPlan(chain.model, plan);
  const results = tf.tidy(() => {
    const masked = maskedOracle(chain.model, plan, chain.input);
    const outputs = [sliced.predict(chain.input)].flat();
    const errors = masked.map(({ values, keep, axis }, index) => {
      const expected = values.gather(tf.tensor1d(keep, 'int32'), axis);
      assert.deepEqual(outputs[index].shape, expected.shape);
      const largest = expected.abs().max().dataSync()[0];
      return { largest, error: outputs[index].sub(expected).abs().max().dataSync()[0] / largest };
    });
    return {
      error: Math.max(...errors.map(({ error }) => error)),
      largest: Math.min(...errors.map(({ largest }) => largest)),
      cutThrough: masked[0].cutThrough,
    };
  });
  sliced.dispose();
  return results;
}

function withChain<T>(seed: number, use: (chain: Chain, plan: Plan) => T): T {
  const chain = randomChain(seed);
  try {
    return use(chain, makePlan(chain.model, { percent: chain.percent, pruneOutputs: chain.pruneOutputs }));
  } catch (error) {
    (error as Error).message = `random chain, seed ${seed}: ${(error as Error).message}`;
    throw error;
  } finally {
    chain.model.dispose();
    chain.input.dispose();
  }
}

for (const backend of ENGINES) {
  const count = backend === ENGINE ? NETS : 60;
  test(`a sliced chain computes what the masked original computes (${count} random nets on ${backend})`, async (t) => {
    await useBackend(backend);
    const counts: Record<string, number> = {};
    let worst = 0;
    let proved = 0;
    let vanished = 0;
    for (let seed = 0; proved < count; seed++) {
      withChain(seed, (chain, plan) => {
        const { error, largest, cutThrough } = lawError(chain, plan);
        if (largest < 1e-3) {
          vanished++; // outputs of all but nothing (dead ReLUs) prove nothing
          assert.ok(vanished < count / 5, `the outputs of ${vanished} nets vanish`);
          return;
        }
        assert.ok(error <= TOLERANCE[backend], `relative error ${error}`);
        proved++;
        worst = Math.max(worst, error);
        for (const type of cutThrough) counts[type] = (counts[type] ?? 0) + 1;
      });
    }
    t.diagnostic(
      `largest relative error ${worst}; ${vanished} nets skipped, their outputs vanish; nets in which a cut channel went through: ${JSON.stringify(counts)}`,
    );
    if (count < NETS) return;
    for (const type of Object.keys(RULES).filter((name) => name !== 'Softmax')) {
      assert.ok(counts[type] >= 20, `only ${counts[type] ?? 0} of ${count} nets were cut through a ${type}`);
    }
  });
}

test('maskPlan is the same function as the masked original, layer by layer', async () => {
  await useBackend(ENGINE);
  for (const seed of seeds.slice(0, 80)) {
    withChain(seed, (chain, plan) => {
      const model = maskPlan(chain.model, plan);
      tf.tidy(() => {
        const expected = maskedOracle(chain.model, plan, chain.input);
        const outputs = [model.predict(chain.input)].flat();
        outputs.forEach((output, index) => {
          const { values, keep, axis } = expected[index];
          const kept = tf.tensor1d(keep, 'int32');
          const difference = output
            .gather(kept, axis)
            .sub(values.gather(kept, axis))
            .abs()
            .max()
            .dataSync()[0];
          assert.ok(
            difference <= TOLERANCE[ENGINE] * values.abs().max().dataSync()[0],
            `difference ${difference}`,
          );
        });
      });
      model.dispose();
    });
  }
});

test('what stands in the filters of cut channels does not matter to the masked model', async () => {
  await useBackend(ENGINE);
  let overwritten = 0;
  for (const seed of seeds.slice(0, 80)) {
    withChain(seed, (chain, plan) => {
      const before = keptOutputs(chain, plan);
      overwritten += overwriteCutFilters(chain.model, plan, random(seed + 1000));
      const after = keptOutputs(chain, plan);
      before.forEach((values, index) => {
        assert.deepEqual(after[index], values);
      });
    });
  }
  assert.ok(overwritten > 300, `only ${overwritten} filters were overwritten`);
});

/** The kept channels of the masked model's outputs, from maskPlan and from the oracle. */
function keptOutputs(chain: Chain, plan: Plan): Float32Array[] {
  const model = maskPlan(chain.model, plan);
  const values = tf.tidy(() => {
    const oracle = maskedOracle(chain.model, plan, chain.input);
    const outputs = [model.predict(chain.input)].flat();
    return oracle.flatMap(({ values: expected, keep, axis }, index) => {
      const kept = tf.tensor1d(keep, 'int32');
      return [expected, outputs[index]].map((all) => all.gather(kept, axis).dataSync<'float32'>().slice());
    });
  });
  model.dispose();
  return values;
}

function overwriteCutFilters(model: tf.LayersModel, plan: Plan, next: () => number): number {
  let count = 0;
  for (const { layers, cut } of plan.groups) {
    for (const name of layers) {
      const layer = model.getLayer(name);
      const weights = layer.getWeights().map((weight) => {
        const values = weight.dataSync<'float32'>().slice();
        const width = weight.shape[weight.rank - 1];
        for (let i = 0; i < values.length; i++) if (cut.includes(i % width)) values[i] = next() * 9;
        return tf.tensor(values, weight.shape);
      });
      layer.setWeights(weights);
      for (const weight of weights) weight.dispose();
      count += cut.length;
    }
  }
  return count;
}

test('no kept channel has a smaller L1 norm than a cut one of its group, by a slow loop', async () => {
  await useBackend(ENGINE);
  let compared = 0;
  for (const seed of seeds) {
    withChain(seed, (chain, plan) => {
      for (const { layers, keep, cut, scores } of plan.groups) {
        const slow = slowScores(chain.model, layers);
        slow.forEach((score, unit) => {
          assert.ok(Math.abs(score - scores[unit]) <= 1e-6 * Math.abs(score));
        });
        for (const kept of keep) {
          for (const gone of cut) {
            compared++;
            assert.ok(slow[kept] > slow[gone] - 1e-6, `kept ${kept} scores below cut ${gone}`);
          }
        }
      }
    });
  }
  assert.ok(compared > 1000);
});

/** The L1 norms by four nested loops; with several producers the mean of the norms over each one's mean. */
function slowScores(model: tf.LayersModel, layers: string[]): number[] {
  const all = layers.map((name) => {
    const kernel = model.getLayer(name).getWeights()[0].arraySync() as number[][][][];
    const norms = kernel[0][0][0].map(() => 0);
    for (const row of kernel) {
      for (const position of row) {
        for (const filters of position) {
          for (let out = 0; out < filters.length; out++) norms[out] += Math.abs(filters[out]);
        }
      }
    }
    return norms;
  });
  if (all.length === 1) return all[0];
  const means = all.map((norms) => norms.reduce((sum, norm) => sum + norm) / norms.length);
  return all[0].map((_, unit) => all.reduce((sum, norms, i) => sum + norms[unit] / means[i], 0) / all.length);
}

test('every group without a named reason loses exactly its number of channels', async () => {
  await useBackend(ENGINE);
  for (const seed of seeds) {
    withChain(seed, (chain, plan) => {
      for (const { units, cut, notCut } of plan.groups) {
        const hundredths = Math.round(chain.percent * 100);
        const expected = Math.min(units - 1, Math.floor((units * hundredths) / 100));
        assert.equal(cut.length, notCut ? 0 : expected);
      }
    });
  }
});

test('parameters before minus parameters cut are the parameters after, counted from the plan', async () => {
  await useBackend(ENGINE);
  for (const seed of seeds) {
    withChain(seed, (chain, plan) => {
      const sliced = applyPlan(chain.model, plan);
      let cut = 0;
      for (const layer of chain.model.layers.filter((candidate) => candidate.getClassName() === 'Conv2D')) {
        const [kernel, bias] = layer.getWeights();
        const [height, width, channelsIn, channelsOut] = kernel.shape;
        const keptOut = plan.groups.find(({ layers }) => layers.includes(layer.name))?.keep.length ?? 0;
        const source = layer.inboundNodes[0].inputTensors[0];
        const producer = producerOf(source);
        const keptIn = plan.groups.find(({ layers }) => layers.includes(producer))?.keep.length ?? channelsIn;
        cut +=
          height * width * (channelsIn * channelsOut - keptIn * keptOut) + (bias ? channelsOut - keptOut : 0);
      }
      assert.equal(chain.model.countParams() - cut, sliced.countParams());
      sliced.dispose();
    });
  }
});

/** The convolution that a tensor's channels come from, or the input layer. */
function producerOf(tensor: tf.SymbolicTensor): string {
  const { sourceLayer, nodeIndex } = tensor;
  if (['Conv2D', 'InputLayer'].includes(sourceLayer.getClassName())) return sourceLayer.name;
  return producerOf(sourceLayer.inboundNodes[nodeIndex].inputTensors[0]);
}

/** For each rule a wrong one: a kept and a cut channel change places on the way through the layer. */
function swapped(rule: Rule): Rule {
  return (use, graph) => {
    const { axis, ids } = rule(use, graph);
    const reversed = [...ids].reverse();
    return { axis, ids: reversed };
  };
}

// Behind global pooling no layer with a rule has weights that could be mixed up.
for (const type of Object.keys(RULES).filter((name) => name !== 'Softmax' && !name.startsWith('Global'))) {
  test(`the law turns red when the rule for ${type} mixes up its channels`, async () => {
    await useBackend(ENGINE);
    const right = RULES[type];
    RULES[type] = swapped(right);
    try {
      const broken = seeds.filter((seed) =>
        withChain(seed, (chain, plan) => {
          if (!plan.groups.some(({ cut }) => cut.length > 0)) return false;
          try {
            return lawError(chain, plan).error > 1e-5;
          } catch {
            return true; // shapes that no longer fit
          }
        }),
      );
      assert.ok(broken.length >= 5, `only ${broken.length} of ${NETS} nets noticed`);
    } finally {
      RULES[type] = right;
    }
  });
}

test('the law turns red when softmax over the channels protects nothing', async () => {
  await useBackend(ENGINE);
  const right = RULES.Softmax;
  RULES.Softmax = ({ inputs: [input] }) => input;
  try {
    const broken = seeds.filter((seed) =>
      withChain(seed, (chain, plan) => lawError(chain, plan).error > 1e-5),
    );
    assert.ok(broken.length >= 5, `only ${broken.length} of ${NETS} nets noticed`);
  } finally {
    RULES.Softmax = right;
  }
});

for (const type of ['GlobalAveragePooling2D', 'GlobalMaxPooling2D']) {
  test(`the law turns red when the rule for ${type} leaves the channels on their axis`, async () => {
    await useBackend('cpu');
    const right = RULES[type];
    RULES[type] = ({ inputs: [input] }) => input;
    try {
      // softmax over the channels behind it then protects nothing
      const broken = seeds.filter((seed) =>
        withChain(seed, (chain, plan) => lawError(chain, plan).error > 1e-5),
      );
      assert.ok(broken.length >= 5, `only ${broken.length} of ${NETS} nets noticed`);
    } finally {
      RULES[type] = right;
    }
  });
}
