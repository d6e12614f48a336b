'use strict';
/**
 * npm run test:browser [-- PARTS OF FILE NAMES] [--OPTIONS FOR node --test]: opens the lessons in a browser, through
 * JupyterLab, Notebook 7 and as pages, and looks at their charts. Screenshots are left in out/screenshots.
 */
require('./setup/checkNode');
const { noBrowser } = require('./doctor/chromium');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');
const { findTests, runTests } = require('./testing/runTests');

async function main() {
  const lack = noBrowser();
  if (lack) {
    console.error(`Browser tests cannot run: ${lack}.`);
    return 1;
  }
  await setUp();
  const args = process.argv.slice(2);
  const files = findTests(
    'browser',
    args.filter((arg) => !arg.startsWith('--')),
  );
  if (files.length === 0) {
    console.error(`No browser test has a name with ${args.map((part) => `"${part}"`).join(' or ')}.`);
    return 2;
  }
  const options = args.filter((arg) => arg.startsWith('--'));
  return (await runTests(files, { name: 'Browser', options })).failed === 0 ? 0 : 1;
}

runMain(main);
