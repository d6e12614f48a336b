'use strict';
/** npm run test:law [-- NETS]: the law of pruning on many random networks, 2,000 unless said otherwise. */
require('./setup/checkNode');
const { withLock } = require('./setup/lock');
const { ensurePackages } = require('./setup/packages');
const { runMain } = require('./setup/run');
const { findTests, runTests } = require('./testing/runTests');

async function main() {
  await withLock(ensurePackages);
  const [nets = '2000'] = process.argv.slice(2);
  if (!/^[1-9]\d*$/.test(nets)) {
    console.error(`The number of networks must be a whole number above 0, but is "${nets}".`);
    return 2;
  }
  const env = { ...process.env, LAW_NETS: nets };
  const options = ['--test-name-pattern=a sliced net computes'];
  const files = findTests('unit', ['pruning/law']);
  return (await runTests(files, { name: 'Law', options, env })).failed === 0 ? 0 : 1;
}

runMain(main);
