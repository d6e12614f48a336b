import { parseArgs } from 'node:util';
import { FLAGS } from './flags';
import { nearest } from './nearest';
import { UsageError } from './usageError';

/**
 * Splits arguments into flags: name -> value, and true for a switch.
 *
 * @throws UsageError for an unknown flag, one that is given twice, lacks its value or has one too many, and for
 *   words that belong to no flag.
 */
export function parseFlags(args: readonly string[]): Map<string, string | true> {
  const options = Object.fromEntries(
    FLAGS.map(({ name, value }) => [name, { type: value ? ('string' as const) : ('boolean' as const) }]),
  );
  // Not strict: Node's own messages do not name the nearest flag. The tokens are what we check.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const found = new Map<string, string | true>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`Unexpected argument '${token.value}'.`);
    if (token.kind === 'option-terminator') continue;
    const flag = FLAGS.find(({ name }) => name === token.name && token.rawName.startsWith('--'));
    if (!flag) throw new UsageError(unknownFlag(token.rawName));
    if (found.has(flag.name)) throw new UsageError(`${token.rawName} is given twice.`);
    found.set(flag.name, flagValue(flag.value, token));
  }
  return found;
}

function flagValue(
  placeholder: string | undefined,
  { rawName, value }: { rawName: string; value?: string },
): string | true {
  if (!placeholder) {
    if (value === undefined) return true;
    throw new UsageError(`${rawName} is a switch and takes no value, but was given '${value}'.`);
  }
  // The next flag is no value; a value that does begin with -- can be written --out=--x.
  if (
    value === undefined ||
    (value.startsWith('--') && FLAGS.some(({ name }) => value.startsWith(`--${name}`)))
  ) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${placeholder}.`);
  }
  return value;
}

function unknownFlag(rawName: string): string {
  const names = FLAGS.map(({ name }) => `--${name}`);
  const near = nearest(rawName, names);
  return `Unknown flag ${rawName}.${near ? ` Did you mean ${near}?` : ''} Allowed: ${names.join(', ')}.`;
}
