import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { maskPlan } from '../../src/pruning/maskPlan';
import { ENGINE, ENGINES, TOLERANCE } from '../engines';
import { filters } from './keptFilters';
import { computes, FOLLOWED, lawOf, withNet } from './lawTools';
import { maskedOracle } from './maskedOracle';
import { random } from './random';

/** `npm run test:law` draws more. */
const NETS = Number(process.env.LAW_NETS ?? 200);
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

before(() => useBackend(ENGINE));

for (const backend of ENGINES) {
  const count = backend === ENGINE ? NETS : 60;
  test(`a sliced net computes what the masked original computes (${count} random nets on ${backend})`, async (t) => {
    await useBackend(backend);
    const counts = new Map<string, number>(FOLLOWED.map((type) => [type, 0]));
    let [worst, proved, vanished] = [0, 0, 0];
    const tensors = tf.memory().numTensors;
    for (let seed = 0; proved < count; seed++) {
      withNet(seed, (pruned) => {
        if (!computes(backend, pruned.model)) return;
        const { error, largest, cutThrough } = lawOf(pruned, pruned.sliced);
        if (largest < 1e-3) {
          vanished++; // outputs of all but nothing (dead ReLUs) prove nothing
          assert.ok(vanished < count / 5, `the outputs of ${vanished} nets vanish`);
          return;
        }
        assert.ok(error <= TOLERANCE[backend], `relative error ${error}`);
        proved++;
        worst = Math.max(worst, error);
        for (const type of cutThrough) counts.set(type, (counts.get(type) ?? 0) + 1);
      });
    }
    assert.equal(tf.memory().numTensors, tensors);
    const rarest = [...counts].sort((a, b) => a[1] - b[1]);
    t.diagnostic(
      `largest relative error ${worst}; ${vanished} nets skipped, their outputs vanish; nets in which a cut ` +
        `channel went through a layer type: ${rarest.map((entry) => entry.join(' ')).join(', ')}`,
    );
    await useBackend(ENGINE);
    if (count < 200) return;
    assert.deepEqual([...counts.keys()].sort(), [...FOLLOWED].sort());
    const enough = backend === 'cpu' ? 20 : 8; // other engines draw other nets, so that not all are balanced
    for (const [type, nets] of rarest) {
      if (backend === 'wasm' && type.includes('3D')) continue;
      assert.ok(nets >= enough, `only ${nets} of ${count} nets were cut through a ${type}`);
    }
  });
}

test('maskPlan is the same function as the masked original, and changes nothing but rows that are read', () => {
  for (const seed of seeds.slice(0, 100)) {
    withNet(seed, (pruned) => {
      if (!computes(ENGINE, pruned.model)) return;
      const masked = maskPlan(pruned.model, pruned.plan);
      const { error, largest } = lawOf(pruned, masked);
      assert.ok(error <= TOLERANCE[ENGINE] || largest < 1e-3, `relative error ${error}`);
      pruned.model.weights.forEach((weight, i) => {
        const [before, after] = [weight.read().dataSync(), masked.weights[i].read().dataSync()];
        const changed = after.some((value, index) => value !== before[index]);
        if (!changed) return;
        assert.match(weight.originalName, /\/(pointwise_)?kernel$/);
        assert.ok(after.every((value, index) => value === before[index] || value === 0));
      });
      masked.dispose();
    });
  }
});

test('what stands in the filters of cut channels does not matter to the masked model', () => {
  let overwritten = 0;
  for (const seed of seeds.slice(0, 100)) {
    withNet(seed, ({ model, inputs, kept, plan }) => {
      if (!computes(ENGINE, model)) return;
      const outputs = () => {
        const masked = maskPlan(model, plan);
        const own = [masked.predict(inputs)].flat();
        const results = maskedOracle(model, kept, inputs).flatMap(
          ({ values, mask }, i) =>
            [values, own[i]].map((all) =>
              all
                .mul(mask)
                .dataSync()
                .map((value) => value + 0),
            ), // -0 is 0
        );
        masked.dispose();
        return results;
      };
      const before = outputs();
      const next = random(seed + 1000);
      for (const [layer, flags] of kept) {
        if (flags.every((flag) => flag === 1)) continue;
        overwritten += flags.filter((flag) => flag === 0).length;
        overwriteFilters(layer, flags, next);
      }
      assert.deepEqual(outputs(), before);
    });
  }
  assert.ok(overwritten > 500, `only ${overwritten} filters were overwritten`);
});

/** Random numbers over the filters whose flag is 0; the filters lie on the axis that is as long as the flags. */
function overwriteFilters(layer: tf.layers.Layer, flags: number[], next: () => number): void {
  const isTransposed = layer.getClassName().endsWith('Transpose');
  const weights = layer.getWeights().map((weight, index) => {
    const isKernel = weight.rank > 1;
    if (layer.getClassName() === 'SeparableConv2D' && index === 0) return weight.clone();
    const axis = isKernel && isTransposed ? weight.rank - 2 : weight.rank - 1;
    const mask = tf.tensor(flags, weight.shape.map((_, each) => (each === axis ? flags.length : 1))); // biome-ignore format: one line
    const noise = tf.tensor(
      Float32Array.from({ length: weight.size }, () => 9 * next()),
      weight.shape,
    );
    return tf.where(mask.cast('bool').broadcastTo(weight.shape), weight, noise);
  });
  layer.setWeights(weights);
}

test('no kept channel has a smaller L1 norm than a cut one of its group, by a slow loop', () => {
  let compared = 0;
  for (const seed of seeds) {
    withNet(seed, ({ model, kept, plan }) => {
      for (const { layers, units, keep, cut, scores, notCut } of plan.groups) {
        if (notCut) continue;
        const producers = layers.map((name) => layerNamed(model, name));
        const all = producers.map((layer) => filters(layer).map(absoluteSum));
        if (all.some((norms) => norms.length !== units)) continue; // concatenated, or units of several filters
        for (const layer of producers) {
          assert.deepEqual(kept.get(layer), scores.map((_, unit) => Number(keep.includes(unit)))); // biome-ignore format: one line
        }
        const slow = all[0].map((_, unit) => meanShare(all, unit));
        for (const stays of keep) {
          for (const goes of cut) {
            compared++;
            assert.ok(slow[stays] > slow[goes] - 1e-6, `kept ${stays} scores below cut ${goes}`);
          }
        }
      }
    });
  }
  assert.ok(compared > 1000);
});

function layerNamed(model: tf.LayersModel, path: string): tf.layers.Layer {
  const [name, ...inside] = path.split('/');
  const layer = model.getLayer(name);
  return inside.length === 0 ? layer : layerNamed(layer as tf.LayersModel, inside.join('/'));
}

function absoluteSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}

/** The mean over several producers of each one's norm, divided by its mean norm. */
function meanShare(all: number[][], unit: number): number {
  const shares = all.map((norms) => norms[unit] / (absoluteSum(norms) / norms.length));
  return absoluteSum(shares) / shares.length;
}

test('every group without a named reason loses exactly its number of channels', () => {
  let limited = 0;
  for (const seed of seeds) {
    withNet(seed, ({ percent, plan, kept, model }) => {
      for (const { layers, units, cut, notCut } of plan.groups) {
        const hundredths = Math.round(percent * 100);
        const expected = notCut ? 0 : Math.min(units - 1, Math.floor((units * hundredths) / 100));
        if (cut.length === expected) continue;
        // only where a layer of the group would lose its last channel
        const left = layers.map((name) => absoluteSum(kept.get(layerNamed(model, name)) ?? []));
        assert.ok(cut.length < expected && layers.length > 1 && left.includes(1), `${layers}: ${cut.length}`);
        limited++;
      }
    });
  }
  assert.ok(limited > 0);
});
