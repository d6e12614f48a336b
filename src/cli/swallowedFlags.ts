/** Our flags that mean nothing to npm; it knows --save, --force, --json and --help itself. */
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
 * The flags that npm took for itself: without `--` in front of them, and on Windows with some versions even
 * with it, npm turns `--percent 0.3` into the environment variable npm_config_percent and leaves us only "0.3".
 *
 * @param args what arrived; a flag that is there was not swallowed.
 */
export function swallowedFlags(args: readonly string[], env: NodeJS.ProcessEnv): string[] {
  return OURS.filter((name) => {
    const isHere = args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
    return !isHere && env[`npm_config_${name.replace(/-/g, '_')}`] !== undefined;
  }).map((name) => `--${name}`);
}

/** What to do about it, one line. */
export function swallowedText(flags: readonly string[]): string {
  const them = flags.length > 1 ? 'them' : 'it';
  return `npm took ${flags.join(', ')} for itself, so the command never saw ${them}: put -- before the flags (npm run prune -- ${flags[0]} ...), or run: npx ts-node src/cli.ts ${flags[0]} ...`;
}
