import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';

const SCRIPTS = path.resolve(__dirname, '../../scripts');
/** A module that is loaded as soon as its file is: the statement begins in the first column. */
const AT_LOAD = /^[^\s/*][^\n]*?\brequire\('([^']+)'\)/gm;

/** Commands that a reader may run first, and that install the packages themselves or do without. */
const FIRST = [
  'start',
  'test',
  'test-unit',
  'test-notebooks',
  'test-browser',
  'test-law',
  'test-engines',
  'test-nodes',
  'native',
  'doctor',
  'kernel-install',
  'execute-notebooks',
];

/** Every module that loading a file loads, by the files' texts: running them would start something. */
function loaded(file: string, found = new Map<string, string>()): Map<string, string> {
  for (const [, name] of fs.readFileSync(file, 'utf8').matchAll(AT_LOAD)) {
    if (!name.startsWith('.')) {
      found.set(name, path.relative(SCRIPTS, file));
      continue;
    }
    const next = require.resolve(path.resolve(path.dirname(file), name));
    if (next.endsWith('.js') && !found.has(next)) {
      found.set(next, path.relative(SCRIPTS, file));
      loaded(next, found);
    }
  }
  return found;
}

for (const name of FIRST) {
  test(`scripts/${name}.js loads in a fresh clone, where there is no package yet`, () => {
    const modules = loaded(path.join(SCRIPTS, `${name}.js`));
    assert.ok(modules.size > 2, 'the walk found what the script loads');
    const packages = [...modules].filter(
      ([module]) => !path.isAbsolute(module) && !module.startsWith('node:'),
    );
    assert.deepEqual(packages, []);
  });
}
