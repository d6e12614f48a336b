'use strict';
/** npm run notebooks [-- PARTS OF NAMES]: runs lessons top to bottom and saves their outputs in place. */
require('./setup/checkNode');
const fs = require('node:fs');
const path = require('node:path');
const { executeNotebook } = require('./notebooks/executeNotebook');
const { findLessons } = require('./notebooks/lessons');
const { normalise } = require('./notebooks/normalise');
const { jupyterEnvironment } = require('./setup/environment');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');

async function main() {
  const filters = process.argv.slice(2);
  const lessons = findLessons(filters);
  if (lessons.length === 0) {
    console.error(
      `No notebook in notebooks/ has a name with ${filters.map((part) => `"${part}"`).join(' or ')}.`,
    );
    return 2;
  }
  const jupyter = await setUp();
  let failed = 0;
  // One at a time: the outputs hold measured times.
  for (const input of lessons) {
    const name = path.basename(input, '.ipynb');
    const result = await executeNotebook({ jupyter, input, env: jupyterEnvironment() });
    if (result.ok) {
      fs.writeFileSync(input, `${JSON.stringify(normalise(result.notebook, name), null, 1)}\n`);
      const kilobytes = Math.round(fs.statSync(input).size / 1024);
      console.log(`${name}: saved, ${result.seconds.toFixed(1)} s, ${kilobytes} KB`);
    } else {
      failed++;
      const { cell, message } = result.failure;
      console.error(
        `${name}: ${cell ? `code cell ${cell} failed` : 'failed'}; the file stays as it was\n${message}\n`,
      );
    }
  }
  return failed === 0 ? 0 : 1;
}

runMain(main);
