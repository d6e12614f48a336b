import * as fs from 'node:fs';
import * as path from 'node:path';

export const MODEL_FILE = 'model.json';

/**
 * Every save has a number of its own in the names of its files, so that a new model never writes into a file
 * of the old one. Files with other names are not ours and are never touched.
 */
const OWN_FILE = /^(?:weights(\d+)-shard\d+of\d+\.bin|model(\d+)\.json\.tmp)$/;

export function shardName(save: number, index: number, count: number): string {
  const digits = String(count).length;
  return `weights${save}-shard${String(index).padStart(digits, '0')}of${count}.bin`;
}

export function temporaryModelFile(save: number): string {
  return `model${save}.json.tmp`;
}

/** One more than the highest number that any save in this directory, finished or not, has used. */
export function nextSave(dir: string): number {
  return Math.max(0, ...fs.readdirSync(dir).map((name) => saveNumber(name) ?? 0)) + 1;
}

/**
 * Removes what saves have left in the directory, those that `isStale` says, but no file of a save that a JSON
 * file there still names: somebody may have put a model aside under another name. A file that cannot be removed
 * (Windows, while somebody reads it) stays until the next save: the model is whole without it.
 */
export function removeSaves(dir: string, isStale: (save: number) => boolean): void {
  const inUse = savesInUse(dir);
  if (!inUse) return;
  for (const name of fs.readdirSync(dir)) {
    const save = saveNumber(name);
    if (save === undefined || !isStale(save) || inUse.has(save)) continue;
    try {
      fs.unlinkSync(path.join(dir, name));
    } catch {}
  }
}

/**
 * The saves whose shards some JSON file of the directory names, `model.json` or a copy of it; undefined where one
 * cannot be read, and so may name any.
 */
function savesInUse(dir: string): Set<number> | undefined {
  const texts = fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => textOf(path.join(dir, name)));
  if (texts.includes(undefined)) return undefined;
  return new Set(
    texts.flatMap((text = '') => [...text.matchAll(/"weights(\d+)-shard/g)].map((match) => Number(match[1]))),
  );
}

/** Undefined for a file that nobody may read, or that is larger than a text can be. */
function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Makes sure that the names in a directory are on the disk; Windows has no call for that and needs none. */
export function syncDirectory(dir: string): void {
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function saveNumber(name: string): number | undefined {
  const match = OWN_FILE.exec(name);
  return match ? Number(match[1] ?? match[2]) : undefined;
}
