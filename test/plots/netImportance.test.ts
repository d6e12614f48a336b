import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { digitsNet } from '../../src/nets/digitsNet';
import { ORIGINAL_WIDTHS } from '../../src/nets/eightConvNet';
import { netImportance } from '../../src/plots/netImportance';
import { renderSvg } from '../../src/plots/renderChart';
import { makePlan } from '../../src/pruning/makePlan';
import { prune } from '../../src/pruning/prune';
import { cutCount } from '../../src/pruning/rank';
import { compare } from '../../src/report/compare';
import { costAt } from '../../src/report/costAt';
import { pruneCost } from '../../src/report/pruneCost';
import { ENGINE } from '../engines';
import { type PlannedChain, plannedChain } from './plannedChain';
import { assertShown, rowsWhere, shownTexts, vegaView } from './vegaView';

before(() => useBackend(ENGINE));

for (const pruneOutputs of [false, true]) {
  test(`digits, pruneOutputs ${pruneOutputs}: counts as prune does in every row and in all, for every percent`, () => {
    const model = digitsNet();
    const spec = netImportance(
      makePlan(model, { percent: 0, pruneOutputs }),
      pruneCost(model, { pruneOutputs }),
    );
    const view = vegaView(spec);
    for (let hundredth = 0; hundredth < 100; hundredth++) {
      const percent = hundredth / 100;
      view.signal('percent', percent).run();
      const plan = makePlan(model, { percent, pruneOutputs });
      const small = prune(model, { percent, pruneOutputs });
      const { parameters, multiplyAdds } = compare(model, small);
      const cuts = plan.groups.map(({ cut }) => cut.length);
      assert.equal(view.signal('parametersLeft'), parameters.after, `at ${percent}`);
      assert.equal(view.signal('multiplyAddsLeft'), multiplyAdds.after, `at ${percent}`);
      assert.equal(
        view.signal('cut'),
        cuts.reduce((a, b) => a + b),
        `at ${percent}`,
      );
      const count = (value: number | null) => Number(value).toLocaleString('en-US');
      for (const text of [
        `percent ${percent.toFixed(2)} cuts ${view.signal('cut')} of 202 channels`,
        `left: ${count(parameters.after)} of 70,560 parameters (`,
        `left: ${count(multiplyAdds.after)} of 5,023,872 multiply-adds (`,
      ]) {
        assertShown(view, text);
      }
      assert.deepEqual(
        shownTexts(view).filter((text) => /^cut \d/.test(text)),
        plan.groups.map(({ units }, row) => `cut ${cuts[row]} of ${units}`),
        `at ${percent}`,
      );
      small.dispose();
    }
    view.finalize();
    model.dispose();
  });
}

test('the original widths: colours the exact share of every row, counts left parameters, for every percent', () => {
  const { plan, cost } = plannedChain(ORIGINAL_WIDTHS);
  const spec = netImportance(plan, cost);
  const view = vegaView(spec);
  for (let hundredth = 0; hundredth < 100; hundredth++) {
    const percent = hundredth / 100;
    view.signal('percent', percent).run();
    const { parameters, multiplyAdds } = costAt(cost, ({ units }) => units - cutCount(units, percent));
    assert.equal(view.signal('parametersLeft'), parameters, `at ${percent}`);
    assert.equal(view.signal('multiplyAddsLeft'), multiplyAdds, `at ${percent}`);
    const pieces = rowsWhere(spec, view, (datum) => 'top' in datum) as unknown as Bar[];
    const ends = ORIGINAL_WIDTHS.map((n, row) => {
      const own = pieces.filter((piece) => piece.row === row);
      const cut = own.filter(({ state }) => state === 'cut').map(({ right }) => right * n);
      const kept = own.filter(({ state }) => state === 'kept').map(({ left }) => left * n);
      return [Math.max(0, ...cut), Math.min(...kept)];
    });
    const expected = ORIGINAL_WIDTHS.map((n) => [cutCount(n, percent), cutCount(n, percent)]);
    assert.deepEqual(ends, expected, `at ${percent}`);
  }
  view.finalize();
});

interface Bar {
  row: number;
  state: string;
  left: number;
  right: number;
  height: number;
}

function bars(
  spec: Parameters<typeof rowsWhere>[0],
  view: Parameters<typeof rowsWhere>[1],
  row: number,
): Bar[] {
  return rowsWhere(spec, view, (datum) => datum.row === row && 'top' in datum) as unknown as Bar[];
}

test('sorts each row and scales it to its highest, also where scores are below zero or all zero', () => {
  const { plan, cost } = plannedChain([4, 3, 2]);
  plan.groups[0].scores = [3, 1, 4, 2];
  plan.groups[1].scores = [-1, 1, 0];
  plan.groups[2].scores = [0, 0];
  const spec = netImportance(plan, cost);
  const view = vegaView(spec);
  const heights = [0, 1, 2].map((row) => bars(spec, view, row).map(({ height }) => height));
  assert.deepEqual(heights, [
    [0.25, 0.5, 0.75, 1],
    [0, 0.5, 1],
    [0, 0],
  ]);
  view.finalize();
});

test('the net of 100 million parameters fits into 60 kB, and its title says what is left, exactly', async () => {
  const { plan, cost } = plannedChain(ORIGINAL_WIDTHS);
  const spec = netImportance(plan, cost);
  assert.ok(JSON.stringify(spec).length < 60_000, `${JSON.stringify(spec).length} characters`);
  const svg = await renderSvg(spec);
  for (const text of [
    'The whole net: percent 0.50 cuts 4,080 of 8,160 channels',
    'left: 25,164,720 of 100,658,016 parameters (25.00%)',
    'left: 25,768,673,280 of 103,073,808,384 multiply-adds (25.00%)',
    'above 512 channels a bar is the mean of neighbours in the ranking',
    'cut 2,048 of 4,096',
  ]) {
    assert.ok(svg.includes(`>${text}<`), text);
  }
});

test('shows an output that is not cut in grey, with the reason, and says all of it in words', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: 1, useBias: false, inputShape: [2, 2, 1] }),
      tf.layers.conv2d({ name: 'b', filters: 2, kernelSize: 1, useBias: false }),
    ],
  });
  const spec = netImportance(makePlan(model, { percent: 0.5 }), pruneCost(model), { title: 'Tiny' });
  const reason = 'b is an output of the model (pruneOutputs: true cuts it, too)';
  const view = vegaView(spec);
  view.signal('percent', 0.99).run();
  assert.deepEqual(new Set(bars(spec, view, 1).map(({ state }) => state)), new Set(['not to be cut']));
  view.finalize();
  assert.ok((await renderSvg(spec)).includes(`>not cut: ${reason}<`));
  assert.equal(
    spec.description,
    `Tiny, channels of 2 layers by L1 norm. At percent 0.5, a loses 2 of 4 channels, b loses 0 of 2 channels ` +
      `(${reason}); left are 6 of 12 parameters and 24 of 48 multiply-adds. A slider changes percent.`,
  );
  model.dispose();
});

test('layer names and titles are data', () => {
  const { plan, cost } = plannedChain([2, 2]);
  const renamed = JSON.parse(JSON.stringify({ plan, cost }), (_, value) =>
    value === 'conv1' ? NAME : value,
  ) as Pick<PlannedChain, 'plan' | 'cost'>;
  const spec = netImportance(renamed.plan, renamed.cost, { title: NAME });
  const view = vegaView(spec);
  assert.equal(rowsWhere(spec, view, ({ row }) => row === 0).find(({ layer }) => layer)?.layer, NAME);
  assert.equal(view.signal('parametersLeft'), 27 + 9);
  view.finalize();
});

const NAME = `it's \\ "conv" </script> \${percent} '+percent+'`;

test('refuses a plan and a cost that do not fit, and scores that are not finite', () => {
  const { plan, cost } = plannedChain([2, 3]);
  assert.throws(() => netImportance(plan, plannedChain([2, 4]).cost), {
    name: 'RangeError',
    message:
      'Expected a plan and a cost of the same net with the same pruneOutputs, but the plan has conv1 2, conv2 3, and the cost conv1 2, conv2 4.',
  });
  const other = { ...cost, groups: cost.groups.map((group, i) => (i ? { ...group, notCut: 'so' } : group)) };
  assert.throws(
    () => netImportance(plan, other),
    /the plan has conv1 2, conv2 3, and the cost conv1 2, conv2 3 not cut\.$/,
  );
  plan.groups[1].scores[2] = Number.NaN;
  assert.throws(() => netImportance(plan, cost), {
    name: 'RangeError',
    message: 'Expected finite scores for the channels of conv2 but found NaN or an infinite one.',
  });
});

test('refuses a plan in which layers have shares of their own, which one slider cannot show', () => {
  const { plan, cost } = plannedChain([4, 6]);
  assert.throws(() => netImportance({ ...plan, percentByLayer: { conv1: 0.25 } }, cost), {
    name: 'RangeError',
    message: 'One slider cannot show a plan with percentByLayer: make one with percent alone.',
  });
});
