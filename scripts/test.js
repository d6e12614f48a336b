'use strict';
/** npm test: installs what is missing, then checks all there is to check, and closes with one summary. */
require('./setup/checkNode');
const { runChecks } = require('./check/runChecks');
const { noBrowser } = require('./doctor/chromium');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');
const { findTests, runTests } = require('./testing/runTests');
const { printSummary } = require('./testing/summary');

async function main() {
  console.log('=== Set-up');
  const jupyter = await setUp();
  console.log(`Node ${process.version}, JupyterLab ${jupyter.version} ${jupyter.where}`);

  console.log('\n=== Checks');
  const results = await runChecks();
  const lackOfBrowser = noBrowser();
  for (const [name, kind] of [
    ['Unit tests', 'unit'],
    ['Notebooks', 'notebooks'],
    ...(lackOfBrowser ? [] : [['Browser', 'browser']]),
  ]) {
    console.log(`\n=== ${name}`);
    results.push(await runTests(findTests(kind), { name }));
  }

  const code = printSummary(results);
  if (lackOfBrowser) console.log(`Browser tests were left out: ${lackOfBrowser}.`);
  return code;
}

runMain(main);
