import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { swallowedFlags, swallowedText } from '../../src/cli/swallowedFlags';
import { temporaryDirectory } from '../files/models';

test('names the flags that npm turned into its own settings', () => {
  const env = { npm_config_percent: 'true', npm_config_keep_outputs: 'true', npm_config_prefix: '/usr' };
  assert.deepEqual(swallowedFlags(['0.3'], env), ['--percent', '--keep-outputs']);
});

test('a flag that arrived was not swallowed, whatever the environment says', () => {
  const env = { npm_config_percent: '0.3', npm_config_size: '4' };
  assert.deepEqual(swallowedFlags(['--percent', '0.3', '--size=4'], env), []);
});

test('flags that npm knows, too, are told from its settings by its files', (t) => {
  const dir = temporaryDirectory(t);
  const file = (name: string) => path.join(dir, name);
  const env = {
    npm_config_force: 'true',
    npm_config_json: 'true',
    npm_config_save: '',
    npm_config_userconfig: file('user'),
    npm_config_globalconfig: file('global'),
    npm_config_local_prefix: dir,
  };
  assert.deepEqual(swallowedFlags([], env), ['--force', '--json']);
  assert.deepEqual(swallowedFlags(['--force', '--json'], env), []);
  for (const name of ['user', 'global', '.npmrc']) {
    writeFileSync(file(name), 'fund=false\n; force=true\njsonp=true\n json = true\n');
    assert.deepEqual(swallowedFlags([], env), ['--force'], name);
    rmSync(file(name));
  }
  assert.deepEqual(swallowedFlags([], { NPM_CONFIG_JSON: 'true' }), []);
});

test('says what to type instead', () => {
  assert.equal(
    swallowedText(['--percent', '--plt']),
    'npm took --percent, --plt for itself, so the command never saw them: put -- before the flags (npm run prune -- --percent ...), or run: npx ts-node src/cli.ts --percent ...',
  );
});
