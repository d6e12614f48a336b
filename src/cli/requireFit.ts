import { UsageError } from './usageError';

/** Flags that say what a plan says already. */
const IN_THE_PLAN = ['percent', 'ignore', 'keep-outputs', 'prune-outputs'];
/** Flags that are about the network that the command makes itself. */
const BUILT_IN = ['size', 'seed', 'plt', 'plt_3d', 'layer_name', 'keep-outputs'];

/** @throws UsageError for flags that need another one, or that exclude each other. */
export function requireFit(flags: ReadonlyMap<string, string | true>): void {
  const has = (name: string): boolean => flags.has(name);
  const refuse = (condition: boolean, message: string): void => {
    if (condition) throw new UsageError(message);
  };
  for (const name of ['model', 'plan', 'ignore']) {
    refuse(has(name) && !has('prune'), `--${name} needs --prune: without it, nothing is pruned.`);
  }
  refuse(has('apply') && !has('plan'), '--apply needs --plan FILE, the plan to apply.');
  const said = IN_THE_PLAN.find((name) => has('apply') && has(name));
  refuse(said !== undefined, `--${said} cannot be given with --apply: the plan says it.`);
  if (!has('model')) {
    const reason = "the built-in network's outputs are cut unless you say --keep-outputs";
    refuse(has('prune-outputs'), `--prune-outputs needs --model: ${reason}.`);
    refuse(has('file-to-file'), '--file-to-file needs --model: the built-in network lies in no file.');
    return;
  }
  const builtIn = BUILT_IN.find(has);
  const reason =
    builtIn === 'keep-outputs'
      ? 'its outputs are kept unless you say --prune-outputs'
      : 'it is for the built-in network';
  refuse(builtIn !== undefined, `--${builtIn} cannot be given with --model: ${reason}.`);
  refuse(
    has('save') && !has('out'),
    '--save with --model needs --out DIR: the pruned model is written to DIR/pruned.',
  );
}
