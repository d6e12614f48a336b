'use strict';
/** npm run check: format, lint, and types under both compilers. */
require('./setup/checkNode');
const { runChecks } = require('./check/runChecks');
const { withLock } = require('./setup/lock');
const { ensurePackages } = require('./setup/packages');
const { runMain } = require('./setup/run');

async function main() {
  await withLock(ensurePackages);
  const results = await runChecks();
  return results.some((result) => result.failed > 0) ? 1 : 0;
}

runMain(main);
