import * as fs from 'node:fs';
import * as path from 'node:path';
import { isThere } from '../files/isThere';
import { UsageError } from './usageError';

/**
 * Checks before the work that its files can be written: their directories, and that nothing is replaced
 * without `force`. Leaves nothing behind.
 *
 * @throws UsageError that names the directory or the files.
 */
export function checkOutput(files: readonly string[], force: boolean): void {
  const existing = files.filter(isThere);
  if (existing.length > 0 && !force) {
    throw new UsageError(
      `There ${existing.length > 1 ? 'are files' : 'is a file'} already: ${existing.join(', ')}. Add --force to replace, or choose another folder with --out.`,
    );
  }
  const noFile = existing.find((file) => !fs.statSync(file, { throwIfNoEntry: false })?.isFile());
  if (noFile)
    throw new UsageError(`Cannot replace '${noFile}': it is not a file. Choose another folder with --out.`);
  for (const dir of new Set(files.map((file) => path.dirname(file)))) requireWritable(dir);
}

function requireWritable(dir: string): void {
  let nearest = path.resolve(dir);
  while (!isThere(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  let reason: string | undefined;
  if (!fs.statSync(nearest, { throwIfNoEntry: false })?.isDirectory()) {
    reason = `'${nearest}' is not a directory`;
  } else {
    try {
      // Permissions alone do not say it: a file system can be read-only, and root may do everything.
      fs.rmdirSync(fs.mkdtempSync(path.join(nearest, '.prune-')));
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  if (reason) throw new UsageError(`Cannot write into the directory '${dir}': ${reason}.`);
}
