import * as fs from 'node:fs';
import * as path from 'node:path';

const FOLDER = path.join(__dirname, 'hosts');
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0)$/;

/**
 * Watches which hosts the Node and Python processes with this environment ask, their children included.
 *
 * @param file where they write it down.
 */
export function watchHosts(file: string): { env: NodeJS.ProcessEnv; foreign(): string[] } {
  fs.writeFileSync(file, '');
  const env = {
    HOSTS_FILE: file,
    PYTHONPATH: [FOLDER, process.env.PYTHONPATH].filter(Boolean).join(path.delimiter),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(path.join(FOLDER, 'noteHosts.js'))}`,
  };
  const foreign = (): string[] => {
    const lines = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return [...new Set(lines)].filter((line) => !isLocal(line.split(' ')[1]));
  };
  return { env, foreign };
}

/** @returns whether a host is this machine. */
export function isLocal(host: string): boolean {
  return LOCAL.test(host.replace(/^\[|\]$/g, ''));
}
