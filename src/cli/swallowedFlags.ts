import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** Our flags that mean nothing to npm. */
const OURS = [
  'prune',
  'model',
  'file-to-file',
  'percent',
  'plt',
  'plt_3d',
  'layer_name',
  'size',
  'seed',
  'backend',
  'out',
  'keep-outputs',
  'prune-outputs',
  'ignore',
  'plan',
  'apply',
];

/**
 * Flags that npm knows, too: who has them in a file of settings gets the same variable. The others that it knows
 * leave no trace: --save is its default, which it hands to nobody, and at --help it shows its own.
 */
const SHARED = ['force', 'json'];

/**
 * The flags that npm took for itself: without `--` in front of them, and on Windows with some versions even
 * with it, npm turns `--percent 0.3` into the environment variable npm_config_percent and leaves us only "0.3".
 *
 * @param args what arrived; a flag that is there was not swallowed.
 */
export function swallowedFlags(args: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const variables = new Set(Object.keys(env)); // Windows would find NPM_CONFIG_JSON, which is a setting
  return [...OURS, ...SHARED]
    .filter((name) => {
      const isHere = args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
      return !isHere && variables.has(`npm_config_${name.replace(/-/g, '_')}`);
    })
    .filter((name) => !SHARED.includes(name) || !isSetting(name, env))
    .map((name) => `--${name}`);
}

/** Whether one of npm's files of settings, which it names to what it runs, has a line for a name. */
function isSetting(name: string, env: NodeJS.ProcessEnv): boolean {
  const { npm_config_userconfig, npm_config_globalconfig, npm_config_local_prefix } = env;
  const ofProject = npm_config_local_prefix && path.join(npm_config_local_prefix, '.npmrc');
  return [ofProject, npm_config_userconfig, npm_config_globalconfig].some(
    (file) =>
      file && existsSync(file) && new RegExp(`^\\s*${name}\\s*(=|$)`, 'm').test(readFileSync(file, 'utf8')),
  );
}

/** What to do about it, one line. */
export function swallowedText(flags: readonly string[]): string {
  const them = flags.length > 1 ? 'them' : 'it';
  return `npm took ${flags.join(', ')} for itself, so the command never saw ${them}: put -- before the flags (npm run prune -- ${flags[0]} ...), or run: npx ts-node src/cli.ts ${flags[0]} ...`;
}
