import { checkOutput } from './checkOutput';
import { helpText } from './flags';
import { fileList, outputFiles } from './outputFiles';
import { type Options, parseOptions } from './parseOptions';
import { pruneModel } from './pruneModel';
import { runPrune } from './runPrune';
import { swallowedFlags, swallowedText } from './swallowedFlags';
import { terminalOf } from './terminal';
import { UsageError } from './usageError';

type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env'>;

/**
 * The command line. Nothing is computed or written before everything asked for has been checked.
 *
 * @returns the exit code: 0 done, 1 it failed, 2 bad input.
 */
export async function main(args: readonly string[], { stdout, stderr, env }: Streams): Promise<number> {
  const swallowed = swallowedFlags(args, env);
  let options: Options;
  try {
    if (args.includes('--help')) {
      stdout.write(`${helpText()}\n`);
      return 0;
    }
    options = parseOptions(args, env);
    checkOutput(fileList(outputFiles(options)), options.force);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const advice = swallowed.length > 0 ? ` ${swallowedText(swallowed)}` : '';
    stderr.write(`${error.message}${advice}\n`);
    return 2;
  }
  const terminal = terminalOf(stdout, stderr, options.json);
  if (swallowed.length > 0) terminal.note(`Warning: ${swallowedText(swallowed)}`);
  try {
    const { model } = options;
    const report = await (model === undefined
      ? runPrune(options, terminal)
      : pruneModel({ ...options, model }, terminal));
    if (options.json) stdout.write(`${JSON.stringify(report)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.note(error.message);
      return 2;
    }
    terminal.note(`Failed: ${(error as Error).message}`);
    return 1;
  }
}
