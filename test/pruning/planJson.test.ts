import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadPlan } from '../../src/files/loadPlan';
import { savePlan } from '../../src/files/savePlan';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan, type Plan } from '../../src/pruning/makePlan';
import { planFromJson } from '../../src/pruning/planFromJson';
import { planToJson } from '../../src/pruning/planToJson';
import { ENGINE } from '../engines';
import { bitsOf, temporaryDirectory } from '../files/models';

before(() => useBackend(ENGINE));

/** a and b are tied, c follows, d is the output. */
function tied({ kernel = 3, c = 'c', extra = false } = {}): tf.LayersModel {
  const conv = (name: string, filters: number, kernelSize = 3) =>
    tf.layers.conv2d({ name, filters, kernelSize, padding: 'same' });
  const input = tf.input({ shape: [4, 4, 2], name: 'in' });
  const [a, b] = ['a', 'b'].map((name) => conv(name, 6).apply(input) as tf.SymbolicTensor);
  let x = tf.layers.add({ name: 'sum' }).apply([a, b]) as tf.SymbolicTensor;
  x = conv(c, 4, kernel).apply(x) as tf.SymbolicTensor;
  if (extra) x = tf.layers.reLU({ name: 'relu' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: conv('d', 2).apply(x) as tf.SymbolicTensor });
}

const made = () => makePlan(tied(), { percent: 0.5 });

/** biome-ignore lint/suspicious/noExplicitAny: these tests break a JSON file in many places. */
const edited = (edit: (plan: any) => void) => {
  const plan = JSON.parse(planToJson(made()));
  edit(plan);
  return JSON.stringify(plan);
};

test('a plan survives the way through a file, and prunes as it did', (t) => {
  const file = path.join(temporaryDirectory(t), 'new', 'plan.json');
  const model = tied();
  const options = { percent: 0.4, percentByLayer: { c: 0.25 }, pruneOutputs: true } as const;
  const plan = makePlan(model, { ...options, importance: 'random', unknownLayers: 'protect' });
  savePlan(plan, file);
  assert.deepEqual(loadPlan(file), plan);
  const [direct, loaded] = [applyPlan(model, plan), applyPlan(model, loadPlan(file))];
  assert.deepEqual(bitsOf(loaded), bitsOf(direct));
});

test('the JSON is for reading: one line for each list', () => {
  const plan: Plan = { ...made(), groups: made().groups.slice(0, 1) };
  plan.groups[0].scores = [1, 2, 3, 4, 5, 6.5];
  plan.groups[0].keep = [3, 4, 5];
  assert.equal(
    planToJson(plan),
    `{
  "format": "channel-pruning-plan",
  "version": 1,
  "percent": 0.5,
  "importance": "l1",
  "pruneOutputs": false,
  "madeFor": [
    {"layer":"in","shapes":[]},
    {"layer":"a","shapes":[[3,3,2,6],[6]]},
    {"layer":"b","shapes":[[3,3,2,6],[6]]},
    {"layer":"sum","shapes":[]},
    {"layer":"c","shapes":[[3,3,6,4],[4]]},
    {"layer":"d","shapes":[[3,3,4,2],[2]]}
  ],
  "groups": [
    {
      "name": "a",
      "layers": ["a","b"],
      "units": 6,
      "keep": [3,4,5],
      "scores": [1,2,3,4,5,6.5]
    }
  ]
}
`,
  );
});

test('what is edited in keep is what happens, in any order', () => {
  const model = tied();
  const plan = planFromJson(
    edited(({ groups }) => {
      groups[1].keep = [3, 0];
    }),
  );
  assert.deepEqual(
    [plan.groups[1].keep, plan.groups[1].cut],
    [
      [0, 3],
      [1, 2],
    ],
  );
  const [kernel] = applyPlan(model, plan).getLayer('c').getWeights();
  const { keep } = plan.groups[0];
  const expected = tf.gather(tf.gather(model.getLayer('c').getWeights()[0], keep, 2), [0, 3], 3);
  assert.deepEqual(kernel.arraySync(), expected.arraySync());
});

test('an edit overrules ignore, but no reason that lies in the model', () => {
  const model = tied();
  const text = planToJson(makePlan(model, { percent: 0.5, ignore: ['c'] }));
  const plan = JSON.parse(text);
  assert.equal(planFromJson(text).groups[1].notCut, 'c is to stay as it is (ignore)');
  plan.groups[1].keep = [1];
  const overruled = planFromJson(JSON.stringify(plan));
  assert.equal(overruled.groups[1].notCut, undefined);
  assert.deepEqual(applyPlan(model, overruled).getLayer('c').getWeights()[1].shape, [1]);
  plan.groups[2].keep = [1];
  assert.throws(() => applyPlan(model, planFromJson(JSON.stringify(plan))), {
    message:
      "The plan cuts channels of 'd', but nothing can be cut there: d is an output of the model (pruneOutputs: " +
      'true cuts it, too).',
  });
});

test('scores that are no numbers come back where nothing is cut', () => {
  const plan = made();
  plan.groups[2].scores[1] = Number.NaN;
  assert.deepEqual(planFromJson(planToJson(plan)), plan);
});

/** biome-ignore lint/suspicious/noExplicitAny: these tests break a JSON file in many places. */
const WRONG: [string, (plan: any) => void][] = [
  ['version is 2, but only version 1 can be read.', (plan) => (plan.version = 2)],
  ["groups[1].keep ('c') is empty; at least one channel must stay.", (p) => (p.groups[1].keep = [])],
  ["groups[0].keep[2] ('a') is 6, but the channels are 0 to 5.", (p) => (p.groups[0].keep = [0, 1, 6, 1])],
  ["groups[0].keep[0] ('a') is -1, but the channels are 0 to 5.", (p) => (p.groups[0].keep = [-1])],
  ["groups[0].keep[1] ('a') is 1.5, but the channels are 0 to 5.", (p) => (p.groups[0].keep = [0, 1.5])],
  ['groups[0].keep[1] (\'a\') is "2", but the channels are 0 to 5.', (p) => (p.groups[0].keep = [0, '2'])],
  ["groups[0].keep[2] ('a') is 0, which the list names twice.", (p) => (p.groups[0].keep = [0, 1, 0, 9])],
  ['groups[1].keep must be a list of the channels that stay.', (p) => delete p.groups[1].keep],
  [
    'groups[1].cut is not an entry of a group: channels that are not in keep go.',
    (p) => (p.groups[1].cut = []),
  ],
  ['groups[1].keeep is not an entry of a group.', (p) => (p.groups[1].keeep = [])],
  ['groups[2].units must be a number of channels, at least 1.', (p) => (p.groups[2].units = 0)],
  ['groups[0].scores must be a list of 6 numbers, one for each channel.', (p) => p.groups[0].scores.pop()],
  ['groups[0].layers must be a list of layer names.', (p) => (p.groups[0].layers = [1])],
  ['groups[0].name must be a text.', (p) => (p.groups[0].name = 1)],
  ['groups[0].notCut must be a text.', (p) => (p.groups[0].notCut = 1)],
  ['groups[1] must be an object.', (p) => (p.groups[1] = null)],
  ['groups must be a list of groups.', (p) => delete p.groups],
  ['madeFor must be a list of layers.', (p) => delete p.madeFor],
  ['madeFor[1] must name a layer and its shapes.', (p) => delete p.madeFor[1].layer],
  ['madeFor[1].shapes must be a list of shapes.', (p) => (p.madeFor[1].shapes = [['x']])],
  ['percent must be a fraction, 0 <= percent < 1.', (p) => (p.percent = 1)],
  ["percentByLayer['a'] must be a fraction, 0 <= percent < 1.", (p) => (p.percentByLayer = { a: '0.5' })],
  ['percentByLayer must be an object: a share for each layer name.', (p) => (p.percentByLayer = [])],
  ['importance must be a text.', (p) => delete p.importance],
  ['pruneOutputs must be true or false.', (p) => delete p.pruneOutputs],
  ["unknownLayers must be 'protect'.", (p) => (p.unknownLayers = true)],
  ['percnt is not an entry of a plan.', (p) => (p.percnt = 0.5)],
];
for (const [message, edit] of WRONG) {
  test(`refuses a plan: ${message}`, () => {
    assert.throws(() => planFromJson(edited(edit)), { message });
  });
}

test('refuses what is no plan', (t) => {
  const no = 'It is no plan: a plan is a JSON object with "format": "channel-pruning-plan".';
  for (const text of ['null', '[]', '{}', '"x"', '{"format":"layers-model"}']) {
    assert.throws(() => planFromJson(text), { name: 'TypeError', message: no });
  }
  assert.throws(() => planFromJson('{"format":'), /^TypeError: It is not JSON \(.+\)\.$/);
  const dir = temporaryDirectory(t);
  const file = path.join(dir, 'plan.json');
  assert.throws(() => loadPlan(file), {
    message: `No plan can be loaded from '${file}': there is no such file.`,
  });
  assert.throws(() => loadPlan(dir), { message: `No plan can be loaded from '${dir}': it is a directory.` });
  fs.writeFileSync(file, '{}');
  assert.throws(() => loadPlan(file), { message: `The plan in '${file}' cannot be used: ${no}` });
});

test('a plan for another model is refused, with the first layer that differs', () => {
  const start = 'The plan was made for another model: ';
  for (const [model, reason] of [
    [tied({ c: 'c2' }), "that one has a layer 'c', which this one lacks."],
    [tied({ extra: true }), "that one has no layer 'relu', which this one has."],
    [
      tied({ kernel: 1 }),
      "its layer 'c' had weights of shape [3, 3, 6, 4], [4], but this one's has weights of shape [1, 1, 6, 4], [4].",
    ],
  ] as const) {
    assert.throws(() => applyPlan(model, planFromJson(planToJson(made()))), {
      name: 'RangeError',
      message: start + reason,
    });
  }
});

test('a file that is there is not replaced unless that is said', (t) => {
  const dir = temporaryDirectory(t);
  const file = path.join(dir, 'plan.json');
  fs.writeFileSync(file, 'mine');
  assert.throws(() => savePlan(made(), file), {
    message: `There is a file already: '${file}'. Say overwrite: true to replace it.`,
  });
  assert.equal(fs.readFileSync(file, 'utf8'), 'mine');
  const plan = made();
  savePlan(plan, file, { overwrite: true });
  assert.deepEqual(loadPlan(file), plan);
  assert.throws(() => savePlan(made(), dir, { overwrite: true }), {
    message: `The plan cannot be saved as '${dir}': that is a directory.`,
  });
  assert.throws(() => planToJson({ ...made(), madeFor: undefined }), {
    message: 'The plan does not say which model it was made for: madeFor is missing.',
  });
});
