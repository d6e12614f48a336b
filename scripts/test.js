'use strict';
/** npm test: installs what is missing, then checks all there is to check, and closes with one summary. */
require('./setup/checkNode');
const { runChecks } = require('./check/runChecks');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');
const { findTests, runTests } = require('./testing/runTests');

async function main() {
  console.log('=== Set-up');
  const jupyter = await setUp();
  console.log(`Node ${process.version}, JupyterLab ${jupyter.version} ${jupyter.where}`);

  console.log('\n=== Checks');
  const results = await runChecks();
  for (const [name, ofNotebooks] of [
    ['Unit tests', false],
    ['Notebooks', true],
  ]) {
    console.log(`\n=== ${name}`);
    results.push(await runTests(findTests(ofNotebooks), { name }));
  }

  console.log('\n=== Summary');
  for (const { name, passed, failed, seconds } of results) {
    const verdict = failed === 0 ? 'ok    ' : 'FAILED';
    console.log(`${verdict} ${name.padEnd(40)} ${passed} passed, ${failed} failed, ${seconds.toFixed(0)} s`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

runMain(main);
