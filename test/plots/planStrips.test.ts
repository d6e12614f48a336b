import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { digitsNet } from '../../src/nets/digitsNet';
import type { ChartSpec } from '../../src/plots/chart';
import { planStrips } from '../../src/plots/planStrips';
import { renderSvg } from '../../src/plots/renderChart';
import { type ChannelGroup, findGroups, type GroupMember } from '../../src/pruning/findGroups';
import { makePlan, type Plan } from '../../src/pruning/makePlan';
import { ENGINE } from '../engines';
import { rowsWhere, vegaView } from './vegaView';

before(() => useBackend(ENGINE));

interface Piece {
  label: string;
  state: string;
  share: number;
  top: number;
  bottom: number;
  near: number;
  far: number;
  from: number;
  to: number;
}

/** What is drawn of each strip, by its label. */
function pieces(spec: ChartSpec): Map<string, Piece[]> {
  const view = vegaView(spec);
  const rows = rowsWhere(spec, view, (row) => 'near' in row && 'left' in row) as unknown as Piece[];
  view.finalize();
  const strips = new Map<string, Piece[]>();
  for (const row of rows) strips.set(row.label, [...(strips.get(row.label) ?? []), row]);
  return strips;
}

const marked = (strip: Piece[] | undefined, state: string): number[] => [
  ...new Set((strip ?? []).filter((piece) => piece.state === state).map(({ from }) => from)),
];

/** A group and its plan without a net: `cut` of n units, which two layers produce and one reads. */
function byHand(n: number, cut: number[], perUnit = 1): { plan: Plan; groups: ChannelGroup[] } {
  const all = Array.from({ length: n }, (_, unit) => unit);
  const keep = all.filter((unit) => !cut.includes(unit));
  const own = all.map((unit) => [unit]);
  const several = all.map((unit) => Array.from({ length: perUnit }, (_, i) => i * n + unit));
  const member = (layer: string, role: GroupMember['role'], indices: number[][]): GroupMember => ({
    ...{ layer, weight: 'kernel', axis: role === 'reads' ? 2 : 3, role, indices },
  });
  const members = [
    member('first', 'produces', own),
    { ...member('first', 'follows', own), weight: 'bias', axis: 0 },
    member('reader', 'reads', several),
    member('second', 'produces', own),
  ];
  const group = { name: 'first', layers: ['first', 'second'], units: n, keep, cut, scores: all };
  return {
    plan: { percent: 0.5, importance: 'l1', pruneOutputs: false, groups: [group] },
    groups: [{ name: 'first', units: n, members, sizes: [] }],
  };
}

test('marks on the output of a layer and on the input of the next exactly the channels that the plan cuts', () => {
  const model = digitsNet();
  const plan = makePlan(model, { percent: 0.3, pruneOutputs: true });
  const strips = pieces(planStrips(plan, findGroups(model, { pruneOutputs: true })));
  assert.deepEqual(
    [...strips.keys()],
    [1, 2, 3, 4].flatMap((i) => [`conv${i} out`, `conv${i + 1} in`]).concat('conv5 out'),
  );
  for (const [i, { name, keep, cut }] of plan.groups.entries()) {
    assert.deepEqual(marked(strips.get(`${name} out`), 'cut'), cut);
    assert.deepEqual(marked(strips.get(`${name} out`), 'kept'), keep);
    if (i === 4) continue;
    assert.deepEqual(marked(strips.get(`conv${i + 2} in`), 'cut'), cut);
    assert.deepEqual(marked(strips.get(`conv${i + 2} in`), 'kept'), keep);
  }
  model.dispose();
});

test('puts producers above readers; outputs are cut from below, inputs from above, where they meet', () => {
  const { plan, groups } = byHand(4, [1, 2]);
  const strips = [...pieces(planStrips(plan, groups))];
  const places = strips.map(([label, [{ top, bottom }]]) => ({ label, top, bottom }));
  assert.deepEqual(
    places.sort((a, b) => a.top - b.top).map(({ label }) => label),
    ['first out', 'second out', 'reader in'],
  );
  places.slice(1).forEach(({ top }, i) => {
    assert.ok(top > places[i].bottom && top < places[i].bottom + 3);
  });
  for (const [label, drawn] of strips) {
    for (const { state, near, top, bottom } of drawn) {
      if (state === 'cut') assert.equal(near, label.endsWith('out') ? bottom : top, label);
    }
  }
});

test('a unit that owns several input channels marks all of them', () => {
  const { plan, groups } = byHand(3, [1], 2);
  const strips = pieces(planStrips(plan, groups));
  assert.deepEqual(marked(strips.get('reader in'), 'cut'), [1, 4]);
  assert.deepEqual(marked(strips.get('reader in'), 'kept'), [0, 2, 3, 5]);
});

for (const n of [128, 129, 300, 4096]) {
  test(`${n} channels: at most 128 columns, coloured up to the share of their channels that is cut`, async () => {
    const cut = Array.from({ length: n }, (_, i) => i).filter((i) => (i * 7919) % n < n / 3);
    const { plan, groups } = byHand(n, cut);
    const spec = planStrips(plan, groups);
    const strip = pieces(spec).get('first out') ?? [];
    const columns = new Map(strip.map((piece) => [piece.from, piece]));
    assert.equal(columns.size, 128);
    for (const { from, to, share } of columns.values()) {
      const expected = cut.filter((i) => from <= i && i < to).length / (to - from);
      assert.ok(Math.abs(share - expected) < 1e-3, `${from} to ${to}: ${share}, not ${expected}`);
    }
    for (const { state, near, far, top, bottom, share } of strip) {
      const height = (state === 'cut' ? share : 1 - share) * (bottom - top);
      assert.ok(Math.abs(Math.abs(near - far) - height) < 1e-9);
    }
    const svg = await renderSvg(spec);
    assert.equal(svg.includes('above 128 channels a column stands for neighbours'), n > 128);
    assert.ok(svg.includes(`>cut ${cut.length.toLocaleString('en-US')} of ${n.toLocaleString('en-US')}<`));
  });
}

test('an output that is not cut is grey, with the reason; the words say what every layer loses', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: 1, inputShape: [2, 2, 1] }),
      tf.layers.conv2d({ name: 'b', filters: 2, kernelSize: 1 }),
    ],
  });
  const spec = planStrips(makePlan(model, { percent: 0.5 }), findGroups(model));
  const reason = 'b is an output of the model (pruneOutputs: true cuts it, too)';
  assert.deepEqual(marked(pieces(spec).get('b out'), 'not to be cut'), [0, 1]);
  assert.deepEqual(marked(pieces(spec).get('a out'), 'not to be cut'), []);
  const svg = await renderSvg(spec);
  assert.ok(svg.includes(`>not cut: ${reason}<`));
  assert.ok(svg.includes('>The plan: percent 0.5, 2 of 6 channels go<'));
  assert.equal(
    spec.description,
    `The plan at percent 0.5, what each layer loses: a 2 of 4 output channels and b 2 of 4 input channels; b 0 of 2 output channels (${reason}).`,
  );
  model.dispose();
});

test('layer names and titles are data', () => {
  const name = `it's \\ "conv" </script> '+percent+'`;
  const { plan, groups } = byHand(2, [0]);
  const [group] = groups;
  const renamed = { ...group, members: group.members.map((member) => ({ ...member, layer: name })) };
  assert.deepEqual(
    [...pieces(planStrips(plan, [renamed], { title: name })).keys()],
    [`${name} out`, `${name} in`],
  );
});

test('a long layer name keeps its beginning and its end in the margin', async () => {
  const { plan, groups } = byHand(2, [0]);
  const layer = 'backbone_stage3_block7_conv2d_expand';
  const members = groups[0].members.map((member) => ({ ...member, layer }));
  const svg = await renderSvg(planStrips(plan, [{ ...groups[0], members }]));
  assert.match(svg, />backbon…onv2d_expand out</);
  assert.match(svg, />backbon…onv2d_expand in</);
});

test('refuses a plan that is not for these groups', () => {
  const { plan, groups } = byHand(2, [0]);
  assert.throws(() => planStrips(plan, [{ ...groups[0], name: 'other' }]), {
    name: 'RangeError',
    message: 'The plan is for groups first, but the model has groups other.',
  });
  assert.throws(() => planStrips(plan, [{ ...groups[0], notCut: 'it is an output' }]), {
    name: 'RangeError',
    message: "The plan cuts channels of 'first', but nothing can be cut there: it is an output.",
  });
});
