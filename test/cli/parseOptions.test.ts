import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLAGS, helpText } from '../../src/cli/flags';
import { parseOptions } from '../../src/cli/parseOptions';
import { UsageError } from '../../src/cli/usageError';

const messageOf = (...args: string[]): string => {
  try {
    parseOptions(args);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    assert.ok(!error.message.includes('\n'), 'more than one line');
    return error.message;
  }
  return 'no error';
};

test("without flags the original's defaults hold", () => {
  assert.deepEqual(parseOptions([]), {
    prune: false,
    fileToFile: false,
    percent: 0.5,
    save: false,
    plt: false,
    plt_3d: false,
    layer: 'conv1',
    size: 32,
    seed: 0,
    backend: undefined,
    out: 'out',
    keepOutputs: false,
    pruneOutputs: false,
    ignore: [],
    apply: false,
    force: false,
    json: false,
  });
});

test('every flag arrives, with its value behind a space or an equals sign', () => {
  const args =
    '--prune --percent 0.3 --save --plt --plt_3d --layer_name=conv8 --size 8 --seed=-7 --backend cpu';
  assert.deepEqual(
    parseOptions([...args.split(' '), '--out', 'a b', '--keep-outputs', '--force', '--json']),
    {
      prune: true,
      fileToFile: false,
      percent: 0.3,
      save: true,
      plt: true,
      plt_3d: true,
      layer: 'conv8',
      size: 8,
      seed: -7,
      backend: 'cpu',
      out: 'a b',
      keepOutputs: true,
      pruneOutputs: false,
      ignore: [],
      apply: false,
      force: true,
      json: true,
    },
  );
});

test('percent may be written in every way that names a fraction', () => {
  for (const [text, percent] of [
    ['0', 0],
    ['.25', 0.25],
    ['0.', 0],
    ['5e-1', 0.5],
    ['+0.5', 0.5],
    ['0.999', 0.999],
  ] as const) {
    assert.equal(parseOptions(['--percent', text]).percent, percent);
  }
});

test('a percent that is no fraction is refused, and what was meant is suggested', () => {
  const start = '--percent must be a fraction, 0 <= percent < 1, the share of the channels to cut, but is ';
  for (const [text, hint] of [
    ['50%', ' Did you mean 0.5?'],
    ['50', ' Did you mean 0.5?'],
    ['12.5 %', ' Did you mean 0.125?'],
    ['29%', ' Did you mean 0.29?'],
    ['0,5', ' Did you mean 0.5?'],
    ['1', ''],
    ['1.0', ''],
    ['100', ''],
    ['-0.1', ''],
    ['-1', ''],
    ['NaN', ''],
    ['nan', ''],
    ['Infinity', ''],
    ['', ''],
    [' ', ''],
    ['half', ''],
    ['0x1', ''],
    ['0.5.5', ''],
    ['1e999', ''],
  ] as const) {
    assert.equal(messageOf('--percent', text), `${start}'${text}'.${hint}`);
    assert.equal(messageOf(`--percent=${text}`), `${start}'${text}'.${hint}`);
  }
});

test('a layer may be named with or without .weight', () => {
  for (let i = 1; i <= 8; i++) {
    assert.equal(parseOptions(['--layer_name', `conv${i}`]).layer, `conv${i}`);
    assert.equal(parseOptions(['--layer_name', `conv${i}.weight`]).layer, `conv${i}`);
  }
});

test('an unknown layer is refused with the list and the nearest name', () => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `conv${i}.weight`).join(', ');
  assert.equal(
    messageOf('--layer_name', 'cov3.weight'),
    `Unknown layer 'cov3.weight'. Did you mean conv3.weight? The layers: ${all}.`,
  );
  assert.equal(
    messageOf('--layer_name', 'conv9'),
    `Unknown layer 'conv9'. Did you mean conv1.weight? The layers: ${all}.`,
  );
  assert.equal(messageOf('--layer_name', 'xyz'), `Unknown layer 'xyz'. The layers: ${all}.`);
  assert.equal(messageOf('--layer_name', ''), `Unknown layer ''. The layers: ${all}.`);
});

test('sizes, seeds, backends and folders that are none are refused', () => {
  for (const size of ['0', '-1', '1.5', 'big', '', '1e3', '99999999999999999999']) {
    assert.equal(messageOf('--size', size), `--size must be a positive integer up to 256, but is '${size}'.`);
  }
  for (const seed of ['1.5', 'x', '']) {
    assert.equal(messageOf('--seed', seed), `--seed must be an integer, but is '${seed}'.`);
  }
  assert.equal(
    messageOf('--backend', 'wsam'),
    "Unknown backend 'wsam'. Did you mean wasm? Allowed: native, wasm, cpu.",
  );
  assert.equal(messageOf('--backend', 'webgpu-x'), "Unknown backend 'webgpu-x'. Allowed: native, wasm, cpu.");
  assert.equal(messageOf('--out', ''), '--out must name a directory, but is empty.');
});

test('unknown flags are refused with the nearest one, and with all', () => {
  const all = FLAGS.map(({ name }) => `--${name}`).join(', ');
  assert.equal(
    messageOf('--percnt', '0.5'),
    `Unknown flag --percnt. Did you mean --percent? Allowed: ${all}.`,
  );
  assert.equal(messageOf('--plt-3d'), `Unknown flag --plt-3d. Did you mean --plt_3d? Allowed: ${all}.`);
  assert.equal(
    messageOf('--layer-name=conv1'),
    `Unknown flag --layer-name. Did you mean --layer_name? Allowed: ${all}.`,
  );
  assert.equal(messageOf('-p'), `Unknown flag -p. Allowed: ${all}.`);
  assert.equal(messageOf('--xxxxxxxxxxxx'), `Unknown flag --xxxxxxxxxxxx. Allowed: ${all}.`);
});

test('flags that are given twice, lack their value or have one too many are refused', () => {
  assert.equal(messageOf('--percent', '0.1', '--percent', '0.2'), '--percent is given twice.');
  assert.equal(messageOf('--prune', '--prune'), '--prune is given twice.');
  assert.equal(messageOf('--percent'), '--percent needs a value: --percent P.');
  assert.equal(messageOf('--percent', '--save'), '--percent needs a value: --percent P.');
  assert.equal(messageOf('--layer_name', '--plt'), '--layer_name needs a value: --layer_name NAME.');
  assert.equal(messageOf('--prune=yes'), "--prune is a switch and takes no value, but was given 'yes'.");
  assert.equal(messageOf('--prune', '0.5'), "Unexpected argument '0.5'.");
});

test('the help names every flag', () => {
  for (const { name, help } of FLAGS)
    assert.match(helpText(), new RegExp(`  --${name} .*${help.slice(0, 10)}`));
});
