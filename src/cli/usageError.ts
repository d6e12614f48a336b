/** Bad input on the command line: one clear line, exit code 2, nothing computed or written. */
export class UsageError extends Error {
  override name = 'UsageError';
}
