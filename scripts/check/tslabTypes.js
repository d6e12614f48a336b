'use strict';
/**
 * Type-checks src/ as a cell does that imports it: by tslab's own converter, that is TypeScript 5.0.4 with the very
 * options of the kernel (not strict, no DOM, declarations on). What only the project's compiler accepts fails here
 * and not in a lesson.
 */
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../setup/paths');

// tslab resolves imports from the working directory; see kernel-launcher.js.
process.chdir(ROOT);
const { createConverter } = require('tslab/dist/converter');

const converter = createConverter({ isJS: false, isBrowser: false });
const { diagnostics } = converter.convert('', importsOf(path.join(ROOT, 'src')));
converter.close();

for (const { fileName, start, messageText } of diagnostics) {
  const place = `${fileName ?? ' '}:${start.line + 1}:${start.character + 1}`;
  console.error(`${place} - ${messageText}`);
}
process.exitCode = diagnostics.length > 0 ? 1 : 0;

/** @returns the source of a cell that imports every module of a folder. */
function importsOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .map((name, i) => `import * as module${i} from './src/${name.slice(0, -'.ts'.length)}';`)
    .join('\n');
}
