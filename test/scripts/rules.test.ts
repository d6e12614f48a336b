import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { layerTable } from '../../scripts/rules/layerTable';
import { probeLayer } from '../../scripts/rules/probeLayer';
import { README, withRules } from '../../scripts/rules/readme';
import { rulesText } from '../../scripts/rules/rulesText';
import { useBackend } from '../../src/backend/useBackend';
import { RULES } from '../../src/pruning/rules';
import { opaque } from '../../src/pruning/rules/opaque';
import { ENGINE } from '../engines';

before(() => useBackend(ENGINE));

const rowsOf = (table: string) => table.split('\n').slice(2);

/** Runs with another rule for a layer type. */
function withRule(type: string, rule: (typeof RULES)[string], run: () => void): void {
  const right = RULES[type];
  RULES[type] = rule;
  try {
    run();
  } finally {
    RULES[type] = right;
  }
}

test('the tables of README.md are those that npm run rules makes', async () => {
  await useBackend('cpu');
  const readme = readFileSync(README, 'utf8');
  const [made, found] = [withRules(readme, rulesText()), readme].map((text) => text.split('\n'));
  assert.deepEqual(found, made, 'README.md differs from the rules: npm run rules -- --write mends it');
  await useBackend(ENGINE);
});

test('every layer type stands in one row of the table', () => {
  const types = rowsOf(layerTable()).flatMap((row) => row.split(' | ')[0].match(/\w+/g) ?? []);
  assert.deepEqual(types.sort(), Object.keys(RULES).sort());
});

test('the table says what the rules do: another rule, another row', () => {
  const rows = rowsOf(layerTable());
  withRule('ReLU', opaque('is out of order'), () => {
    const changed = rowsOf(layerTable()).filter((row) => !rows.includes(row));
    assert.equal(changed.length, 2);
    assert.equal(changed[0], '| `ReLU` | protects them, because it is out of order |  |');
    assert.equal(changed[1], rows.find((row) => row.startsWith('| `ReLU`'))?.replace('`ReLU`, ', ''));
  });
  const [conv] = rows;
  withRule('Conv2D', RULES.SeparableConv2D, () => {
    assert.throws(() => layerTable(), /^Error: A model with a Conv2D could not be looked at: /);
  });
  assert.equal(rowsOf(layerTable())[0], conv);
});

test('a layer between two others is told by what becomes of their channels', () => {
  const found = [
    probeLayer('Conv3D', { config: { filters: 2, kernelSize: 1 } }),
    probeLayer('DepthwiseConv2D', { config: { kernelSize: 3, depthMultiplier: 3, useBias: false } }),
    probeLayer('PReLU', { config: { sharedAxes: [1, 2, 3] } }),
    probeLayer('Multiply', { front: [5, 5] }),
    probeLayer('Multiply', { front: [5, 1] }),
    probeLayer('Concatenate', { front: [5, 2] }),
    probeLayer('Flatten', { shape: [3, 2, 1] }),
    probeLayer('Reshape', { shape: [2], front: [8], config: { targetShape: [2, 2, 2] } }),
    probeLayer('GRU', { shape: [5, 2], config: { units: 3 } }),
    probeLayer('GRU', { when: 'always', shape: [5, 2], config: { units: 3 } }),
  ];
  assert.deepEqual(
    found.map(({ does, cut }) => [does, ...cut]),
    [
      ['mixes them and makes new ones, as many as `filters`', 'kernel', 'bias'],
      ['lets them pass, each as 3 that go together', 'depthwise_kernel'],
      ['lets them pass'],
      ['ties them: all its inputs lose the same'],
      ['is not tied'],
      ['places them one behind the other'],
      ['lets them pass, each as 6 that go together'],
      ['lets them pass, 4 units as one channel'],
      ['protects them, because it is recurrent: its state couples the channels'],
      ['protects them'],
    ],
  );
});

test('a page without the markers is refused, and nothing outside them changes', () => {
  assert.throws(() => withRules('# Page', 'text'), {
    message:
      'README.md has no <!-- made by npm run rules -- --write --> with <!-- end of what npm run rules makes --> behind it.',
  });
  const readme = readFileSync(README, 'utf8');
  const [page, again] = [withRules(readme, 'one'), withRules(readme, 'two')];
  assert.equal(page.replace('\n\none\n\n', '\n\ntwo\n\n'), again);
});
