import * as fs from 'node:fs';

/** Whether there is anything under that name, a link that leads nowhere included (`existsSync` overlooks it). */
export function isThere(file: string): boolean {
  try {
    fs.lstatSync(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
