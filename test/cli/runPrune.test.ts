import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { parseOptions } from '../../src/cli/parseOptions';
import { type RunReport, runPrune } from '../../src/cli/runPrune';
import { terminalOf } from '../../src/cli/terminal';
import { loadModel } from '../../src/files/loadModel';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { describe } from '../../src/report/describe';
import { pixelColours } from '../plots/pixelColours';

/** 16,280 parameters: 8*3*9 = 216, 16*8*9 = 1,152, then 4,608 and 9,216 = 15,192 in all. */
const narrow = (options: { inputSize?: number; seed?: number }) =>
  eightConvNet({ ...options, widths: [8, 16, 32, 32] });

async function run(...args: string[]): Promise<{ report: RunReport; out: string; err: string }> {
  let out = '';
  let err = '';
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const options = parseOptions(['--size', '4', '--backend', 'cpu', ...args]);
  const report = await runPrune(options, terminalOf(stdout, stderr, options.json), narrow);
  return { report, out, err };
}

const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'prune test '));

test("prints what the original prints, in its order, and the engine's line", async () => {
  const { out, err } = await run('--prune');
  const seconds = '[0-9.e-]+';
  const nets = [narrow({ inputSize: 4 }), eightConvNet({ inputSize: 4, widths: [4, 8, 16, 16] })].map(
    describe,
  );
  const escaped = nets.map((text) => text.replace(/[()]/g, '\\$&'));
  assert.match(
    out,
    new RegExp(
      '^Options\\(prune=true, percent=0.5, save=false, plt=false, plt_3d=false, layer_name=conv1.weight, size=4, seed=0, out=out, keep_outputs=false\\)\n' +
        'Engine: cpu \\(JavaScript\\), because asked for\\.\n' +
        `inference time: ${seconds} second\n` +
        ` model: ${escaped[0]}\n` +
        'Number of parameter: 0.02M\n' +
        ` pruned model: ${escaped[1]}\n` +
        'Number of pruned model parameter: 0.00M\n' +
        `pruned model inference time: ${seconds} second\n$`,
    ),
  );
  assert.equal(err, '');
});

test('without --prune there is only the original', async () => {
  const { report, out } = await run();
  assert.doesNotMatch(out, /pruned/);
  assert.equal(report.pruned, undefined);
});

test('reports parameters and multiply-adds before and after', async () => {
  const parametersOf = (widths: number[]) =>
    widths.reduce((sum, width, i) => sum + 9 * width * (i ? widths[i - 1] : 3), 0);
  const { report } = await run('--prune', '--percent', '0.3');
  // 8, 16, 32 and 32 less floor(0.3 n) = 2, 4, 9 and 9.
  assert.equal(report.model.parameters, parametersOf([8, 16, 32, 32]));
  assert.equal(report.pruned?.parameters, parametersOf([6, 12, 23, 23]));
  assert.equal(report.pruned?.multiplyAdds, 16 * parametersOf([6, 12, 23, 23]));
});

test('--keep-outputs leaves the last layer its channels', async () => {
  const { report } = await run('--prune', '--keep-outputs');
  assert.equal(report.pruned?.parameters, 9 * (3 * 4 + 4 * 8 + 8 * 16 + 16 * 32));
});

test('the same seed gives the same picture, another one another', async () => {
  const pictures = [];
  for (const seed of ['1', '1', '2']) {
    const dir = folder();
    await run('--plt', '--seed', seed, '--out', dir);
    pictures.push(fs.readFileSync(path.join(dir, 'conv1.weight-histogram.png')));
  }
  assert.ok(pictures[0].equals(pictures[1]));
  assert.ok(!pictures[0].equals(pictures[2]));
});

test('--save writes both models, which load again', async () => {
  const dir = folder();
  const { report, out } = await run('--prune', '--save', '--out', dir);
  const [pruned, original] = [path.join(dir, 'pruned'), path.join(dir, 'original')];
  assert.deepEqual(report.files, [pruned, original]);
  assert.match(out, /written: .*pruned\nwritten: .*original\n$/);
  const widths = async (from: string) => {
    const model = await loadModel(from);
    return model.weights.map(({ shape }) => shape[shape.length - 1]);
  };
  assert.deepEqual(await widths(original), [8, 16, 32, 32]);
  assert.deepEqual(await widths(pruned), [4, 8, 16, 16]);
});

test('--plt and --plt_3d draw the layer of the unpruned net as picture and page, together', async () => {
  const dir = folder();
  const { report } = await run('--prune', '--plt', '--plt_3d', '--layer_name', 'conv2.weight', '--out', dir);
  const names = [
    'conv2.weight-histogram.png',
    'conv2.weight-histogram.html',
    'conv2.weight-3d.png',
    'conv2.weight-3d.html',
  ];
  assert.deepEqual(
    report.files,
    names.map((name) => path.join(dir, name)),
  );
  assert.deepEqual(fs.readdirSync(dir).sort(), [...names].sort());
  for (const name of names.filter((file) => file.endsWith('.png'))) {
    const { width, colours } = pixelColours(fs.readFileSync(path.join(dir, name)));
    assert.ok(width > 1000 && colours > 50, `${name}: ${width} pixels, ${colours} colours`);
  }
  // 1,152 weights are those of the unpruned conv2; pruned it has 288.
  for (const name of names.filter((file) => file.endsWith('.html'))) {
    assert.match(fs.readFileSync(path.join(dir, name), 'utf8'), /1,152 weights/);
  }
});

test('leaves no tensor behind', async () => {
  await run('--prune');
  const before = tf.memory().numTensors;
  await run('--prune', '--plt', '--plt_3d', '--save', '--out', folder());
  assert.equal(tf.memory().numTensors, before);
});
