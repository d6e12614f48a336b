import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { before, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { loadModel } from '../../src/files/loadModel';
import { loadPlan } from '../../src/files/loadPlan';
import { applyPlan } from '../../src/pruning/applyPlan';
import { makePlan } from '../../src/pruning/makePlan';
import { bitsOf, contents } from '../files/models';
import { cli, refuses, run, saved } from './runCli';

before(() => useBackend('cpu'));

test('explains, compares and writes the pruned model, which is the one that prune makes', async (t) => {
  const { dir, json, model } = await saved(t);
  const out = path.join(dir, 'pruned');
  const tensors = tf.memory().numTensors;
  const ran = await cli('--model', json, '--percent', '0.3', '--save', '--out', out);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual([ran.code, ran.err], [0, '']);
  for (const line of [
    '  conv1: 3 of 10 channels go (30.0 %)',
    '    lose the same: bn',
    '  classes: all 4 channels stay, because classes is an output of the model (pruneOutputs: true cuts it, too)',
    'Parameters: 784 -> 491 (62.6 % left)',
    `written: ${path.join(out, 'pruned')}`,
  ]) {
    assert.ok(ran.out.split('\n').includes(line), `${line}\n--- is not in\n${ran.out}`);
  }
  assert.deepEqual(fs.readdirSync(out), ['pruned']);
  const written = await loadModel(path.join(out, 'pruned', 'model.json'));
  assert.deepEqual(bitsOf(written), bitsOf(applyPlan(model, makePlan(model, { percent: 0.3 }))));
});

test('without --save nothing is written; --json prints one object', async (t) => {
  const { dir, json } = await saved(t);
  const files = contents(dir);
  const { code, out } = await cli(
    '--model',
    path.dirname(json),
    '--json',
    '--ignore',
    'conv1',
    '--prune-outputs',
  );
  assert.equal(code, 0);
  const report = JSON.parse(out);
  assert.deepEqual(
    report.plan.groups.map(({ cut }: { cut: number[] }) => cut.length),
    [0, 3, 2],
  );
  assert.deepEqual(report.files, []);
  assert.deepEqual(contents(dir), files);
});

test('a plan is written, edited by hand, and applied', async (t) => {
  const { dir, json, model } = await saved(t);
  const file = path.join(dir, 'plan.json');
  const ignore = ['--ignore', 'conv1, conv2'];
  assert.equal((await cli('--model', json, ...ignore, '--plan', file)).code, 0);
  const text = JSON.parse(fs.readFileSync(file, 'utf8'));
  text.groups[1].keep = [4];
  fs.writeFileSync(file, JSON.stringify(text));
  const ran = await cli('--model', json, '--plan', file, '--apply', '--save', '--out', dir);
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.out, /\n {2}conv2: 5 of 6 channels go \(83\.3 %\)\n/);
  assert.equal(JSON.stringify(text), fs.readFileSync(file, 'utf8'));
  const written = await loadModel(path.join(dir, 'pruned'));
  assert.deepEqual(bitsOf(written), bitsOf(applyPlan(model, loadPlan(file))));
});

test('a plan file that is there is refused before anything is loaded; --force replaces it', async (t) => {
  const { dir, json } = await saved(t);
  const file = path.join(dir, 'plan.json');
  fs.writeFileSync(file, 'mine');
  await refuses(
    dir,
    ['--model', json, '--plan', file],
    `There is a file already: ${file}. Add --force to replace, or choose another folder with --out.`,
  );
  assert.equal((await cli('--model', json, '--plan', file, '--force')).code, 0);
  assert.equal(loadPlan(file).groups.length, 3);
});

test('what is wrong with a plan, a name or a folder is one line, and nothing is written', async (t) => {
  const { dir, json } = await saved(t);
  const file = path.join(dir, 'plan.json');
  const out = ['--save', '--out', dir];
  const apply = ['--model', json, '--plan', file, '--apply', ...out];
  await refuses(dir, apply, `No plan can be loaded from '${file}': there is no such file.`);
  await cli('--model', json, '--plan', file);
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace('"conv2","shapes":[[3,3,10,6]', '"conv2","shapes":[[3,3,9,6]'));
  await refuses(
    dir,
    apply,
    `The plan in '${file}' cannot be used: The plan was made for another model: its layer 'conv2' had weights of shape ` +
      "[3, 3, 9, 6], [6], but this one's has weights of shape [3, 3, 10, 6], [6].",
  );
  fs.writeFileSync(file, text.replace(/"keep": ?\[\d+/, '"keep": [10'));
  await refuses(
    dir,
    apply,
    `The plan in '${file}' cannot be used: groups[0].keep[0] ('conv1') is 10, but the channels are 0 to 9.`,
  );
  await refuses(
    dir,
    ['--model', json, '--ignore', 'conv3', ...out],
    "ignore names 'conv3', but no layer of that name makes channels. Those that do: conv1, conv2, classes.",
  );
  fs.renameSync(path.join(dir, 'mine'), path.join(dir, 'pruned'));
  const moved = path.join(dir, 'pruned', 'model.json');
  await refuses(
    dir,
    ['--model', moved, '--force', ...out],
    `The pruned model would replace '${moved}' itself: choose another folder with --out.`,
  );
  const shard = path.join(dir, 'pruned', 'weights1-shard1of1.bin');
  for (const own of [moved, shard]) {
    await refuses(
      dir,
      ['--model', moved, '--plan', own, '--force'],
      `The plan would replace '${own}', which belongs to the model: choose another file.`,
    );
  }
});

test('what is no layers model is one line, and nothing is written', async (t) => {
  const { dir, json } = await saved(t);
  const out = path.join(dir, 'out');
  const tries = (message: string, model = json) =>
    refuses(dir, ['--model', model, '--save', '--out', out], message);
  const missing = path.join(dir, 'no.json');
  await tries(`No model can be loaded from '${missing}': there is no such file.`, missing);
  const text = fs.readFileSync(json, 'utf8');
  const shard = path.join(path.dirname(json), 'weights1-shard1of1.bin');
  fs.truncateSync(shard, 100);
  await tries(`The weights file '${shard}' should have 3216 bytes, but has 100.`);
  fs.truncateSync(shard, 3216);
  fs.writeFileSync(json, text.replace('"layers-model"', '"graph-model"'));
  await tries(
    `'${json}' cannot be loaded: it is a graph model, a frozen graph of operations without layers, so that nobody ` +
      'knows which channels belong together. Convert the Keras model that it was made of once more, with ' +
      "tensorflowjs_converter's --output_format=tfjs_layers_model.",
  );
  fs.writeFileSync(json, text.replace('"Flatten"', '"Mine"'));
  const { code, err } = await cli('--model', json);
  assert.equal(code, 2);
  assert.match(err, /^The model in '.*' cannot be loaded: Unknown layer: Mine\. .+\n$/);
  fs.writeFileSync(json, text.slice(0, 500));
  const cut = await cli('--model', json);
  assert.deepEqual([cut.code, cut.out.split('\n').length], [2, 2]); // the engine's line only
  assert.match(cut.err, /^'.*' cannot be loaded: it is cut short \(.+\)\.\n$/);
});

for (const [args, message] of [
  ['--model m', '--model needs --prune: without it, nothing is pruned.'],
  ['--plan p', '--plan needs --prune: without it, nothing is pruned.'],
  ['--ignore a', '--ignore needs --prune: without it, nothing is pruned.'],
  ['--prune --apply', '--apply needs --plan FILE, the plan to apply.'],
  ['--prune --plan p --apply --percent 0.3', '--percent cannot be given with --apply: the plan says it.'],
  [
    '--prune --plan p --apply --keep-outputs',
    '--keep-outputs cannot be given with --apply: the plan says it.',
  ],
  [
    '--prune --prune-outputs',
    "--prune-outputs needs --model: the built-in network's outputs are cut unless you say --keep-outputs.",
  ],
  ['--prune --file-to-file', '--file-to-file needs --model: the built-in network lies in no file.'],
  ['--prune --model m --file-to-file=1', "--file-to-file is a switch and takes no value, but was given '1'."],
  ['--prune --model m --size 4', '--size cannot be given with --model: it is for the built-in network.'],
  ['--prune --model m --plt', '--plt cannot be given with --model: it is for the built-in network.'],
  [
    '--prune --model m --keep-outputs',
    '--keep-outputs cannot be given with --model: its outputs are kept unless you say --prune-outputs.',
  ],
  [
    '--prune --model m --save',
    '--save with --model needs --out DIR: the pruned model is written to DIR/pruned.',
  ],
  ['--prune --model=', '--model must name a file, but is empty.'],
  ['--prune --plan=', '--plan must name a file, but is empty.'],
  ['--prune --ignore a,,b', "--ignore must be names of layers with commas between them, but is 'a,,b'."],
]) {
  test(`flags that do not go together: ${args}`, async () => {
    assert.deepEqual(await run(args.split(' ')), { code: 2, out: '', err: `${message}\n` });
  });
}
