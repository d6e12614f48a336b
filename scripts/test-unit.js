'use strict';
/**
 * npm run test:unit [-- PARTS OF FILE NAMES] [--OPTIONS FOR node --test], for example
 * npm run test:unit -- pruning/applyPlan --test-name-pattern=masked
 */
require('./setup/checkNode');
const { withLock } = require('./setup/lock');
const { ensurePackages } = require('./setup/packages');
const { runMain } = require('./setup/run');
const { findTests, runTests } = require('./testing/runTests');

async function main() {
  await withLock(ensurePackages);
  const args = process.argv.slice(2);
  const filters = args.filter((arg) => !arg.startsWith('--'));
  const files = findTests('unit', filters);
  if (files.length === 0) {
    console.error(`No test file has a name with ${filters.map((part) => `"${part}"`).join(' or ')}.`);
    return 2;
  }
  const options = args.filter((arg) => arg.startsWith('--'));
  return (await runTests(files, { name: 'Unit tests', options })).failed === 0 ? 0 : 1;
}

runMain(main);
