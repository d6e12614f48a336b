import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swallowedFlags, swallowedText } from '../../src/cli/swallowedFlags';

test('names the flags that npm turned into its own settings', () => {
  const env = { npm_config_percent: 'true', npm_config_keep_outputs: 'true', npm_config_prefix: '/usr' };
  assert.deepEqual(swallowedFlags(['0.3'], env), ['--percent', '--keep-outputs']);
});

test('a flag that arrived was not swallowed, whatever the environment says', () => {
  const env = { npm_config_percent: '0.3', npm_config_size: '4' };
  assert.deepEqual(swallowedFlags(['--percent', '0.3', '--size=4'], env), []);
});

test('settings that are npm’s own are no sign', () => {
  assert.deepEqual(
    swallowedFlags([], { npm_config_save: 'true', npm_config_force: 'true', npm_config_json: 'true' }),
    [],
  );
});

test('says what to type instead', () => {
  assert.equal(
    swallowedText(['--percent', '--plt']),
    'npm took --percent, --plt for itself, so the command never saw them: put -- before the flags (npm run prune -- --percent ...), or run: npx ts-node src/cli.ts --percent ...',
  );
});
