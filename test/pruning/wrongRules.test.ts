import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { RULES, type Rule } from '../../src/pruning/rules';
import { ENGINE } from '../engines';
import { FOLLOWED, noticed } from './lawTools';
import { randomNet } from './randomNet';

before(() => useBackend(ENGINE));

/** The seeds of nets that have a layer of a type, nested ones included. */
const seedsWith = (() => {
  const found = new Map<string, number[]>();
  return (type: string): number[] => {
    if (found.size === 0) {
      for (let seed = 0; seed < 500; seed++) {
        const { model, inputs } = randomNet(seed);
        for (const each of typesOf(model)) found.set(each, [...(found.get(each) ?? []), seed]);
        model.dispose();
        tf.dispose(inputs);
      }
    }
    return found.get(type) ?? [];
  };
})();

function typesOf(model: tf.LayersModel): Set<string> {
  const types = new Set<string>();
  for (const layer of model.layers) {
    if (layer instanceof tf.LayersModel) for (const type of typesOf(layer)) types.add(type);
    else types.add(layer.getClassName());
  }
  return types;
}

/** For each rule a wrong one: the channels change places on the way through the layer. */
function swapped(rule: Rule): Rule {
  return (use, graph) => {
    const channels = rule(use, graph);
    return { ...channels, ids: [...channels.ids].reverse() };
  };
}

for (const type of FOLLOWED) {
  test(`the law turns red when the rule for ${type} mixes up its channels`, () => {
    const count = noticed(type, swapped(RULES[type]), seedsWith(type), 3);
    assert.ok(count >= 3, `only ${count} of ${seedsWith(type).length} nets noticed`);
  });
}

const unprotected: Rule = ({ inputs: [input] }) => input;

for (const type of ['Softmax', 'LayerNormalization', 'LSTM', 'Bidirectional', 'TimeDistributed']) {
  test(`the law turns red when ${type} protects nothing`, () => {
    const count = noticed(type, unprotected, seedsWith(type), 1);
    assert.ok(count >= 1, `none of ${seedsWith(type).length} nets noticed`);
  });
}
