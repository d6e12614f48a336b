import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(__dirname, '../..');
const TS = ['-r', 'ts-node/register/transpile-only'];

function cli(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...TS, 'src/cli.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'cli test '));

test('bad input is one line on stderr, exit code 2, and nothing on stdout', () => {
  assert.deepEqual(cli(['--prune', '--percent', '50%']), {
    status: 2,
    stdout: '',
    stderr:
      "--percent must be a fraction, 0 <= percent < 1, the share of the channels to cut, but is '50%'. Did you mean 0.5?\n",
  });
});

test('bad input is found before anything is written', () => {
  const dir = folder();
  const out = path.join(dir, 'new');
  const { status } = cli(['--prune', '--save', '--plt', '--out', out, '--layer_name', 'conv9']);
  assert.equal(status, 2);
  assert.deepEqual(fs.readdirSync(dir), []);
});

test('existing files are refused before anything is computed, and stay as they are', () => {
  const dir = folder();
  const file = path.join(dir, 'conv1.weight-histogram.png');
  fs.writeFileSync(file, 'mine');
  const { status, stdout, stderr } = cli(['--plt', '--out', dir]);
  assert.deepEqual([status, stdout], [2, '']);
  assert.equal(
    stderr,
    `There is a file already: ${file}. Add --force to replace, or choose another folder with --out.\n`,
  );
  assert.equal(fs.readFileSync(file, 'utf8'), 'mine');
});

test('flags that npm swallowed are named', () => {
  const { status, stderr } = cli(['0.3'], { npm_config_percent: 'true' });
  assert.equal(status, 2);
  assert.equal(
    stderr,
    "Unexpected argument '0.3'. npm took --percent for itself, so the command never saw it: put -- before the flags (npm run prune -- --percent ...), or run: npx ts-node src/cli.ts --percent ...\n",
  );
});

test('an engine named by the environment that does not exist is refused in one line', () => {
  const { status, stdout, stderr } = cli(['--size', '4'], { PRUNING_BACKEND: 'gpu' });
  assert.deepEqual([status, stdout], [2, '']);
  assert.equal(
    stderr,
    "Unknown backend 'gpu' (from the environment variable PRUNING_BACKEND). Allowed: native, wasm, cpu.\n",
  );
});

test('--help helps, whatever else is wrong', () => {
  const { status, stdout } = cli(['--percent', 'abc', '--help']);
  assert.equal(status, 0);
  assert.match(stdout, /^Prunes the channels/);
});

test('files that were asked for are written, although a reader stops early', {
  skip: process.platform === 'win32' && 'needs a POSIX shell',
}, () => {
  const out = folder();
  const flags = `--size 1 --backend wasm --plt --layer_name conv1 --out "${out}"`;
  const command = `"${process.execPath}" ${TS.join(' ')} src/cli.ts ${flags} | head -n 1`;
  assert.equal(spawnSync('sh', ['-c', command], { cwd: ROOT }).status, 0);
  const endings = fs.readdirSync(out).map((name) => path.extname(name));
  assert.deepEqual(endings.sort(), ['.html', '.png']);
  fs.rmSync(out, { recursive: true });
});

test('--force does not replace what is not a file', () => {
  const out = folder();
  fs.mkdirSync(path.join(out, 'conv1.weight-histogram.png'));
  const { status, stderr } = cli(['--size', '1', '--plt', '--force', '--out', out]);
  assert.equal(status, 2);
  assert.match(
    stderr,
    /^Cannot replace '.*conv1\.weight-histogram\.png': it is not a file\. Choose another folder/,
  );
  fs.rmSync(out, { recursive: true });
});

test('--help lists the flags on stdout', () => {
  const { status, stdout, stderr } = cli(['--help']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^ {2}--layer_name NAME {2}the layer to draw \(default conv1\.weight\)$/m);
});

test('100.66M becomes 25.16M; --json prints one object and nothing else', () => {
  const { status, stdout, stderr } = cli(['--prune', '--size', '4', '--backend', 'wasm', '--json']);
  assert.equal(status, 0);
  const report = JSON.parse(stdout);
  assert.equal(report.model.parameters, 100_658_016);
  assert.equal(report.pruned.parameters, 25_164_720);
  assert.deepEqual(report.backend, { name: 'wasm', reason: 'asked for' });
  assert.deepEqual(report.files, []);
  // In a pipe there may be an estimate, but no progress.
  assert.match(stderr, /^(Timing the .* model will take about \d+ s here: .*\n)*$/);
});

test('a reader that stops early is no failure', {
  skip: process.platform === 'win32' && 'needs a POSIX shell',
}, () => {
  const command = `"${process.execPath}" ${TS.join(' ')} src/cli.ts --size 1 --backend wasm | head -n 1`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /^Options\(.*\)\n$/);
  assert.doesNotMatch(stderr, /EPIPE|Error/);
});

test('a link that leads nowhere is refused before anything is computed', {
  skip: process.platform === 'win32',
}, () => {
  const out = folder();
  fs.symlinkSync(path.join(out, 'nowhere'), path.join(out, 'original'));
  const { status, stdout, stderr } = cli(['--size', '1', '--save', '--out', out]);
  assert.deepEqual([status, stdout], [2, '']);
  assert.match(stderr, /^Cannot write into the directory '.*original': '.*original' is not a directory\.\n$/);
  fs.rmSync(out, { recursive: true });
});
