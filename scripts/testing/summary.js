'use strict';

/**
 * Prints one line for each result and the sums.
 * @param {{name: string, passed: number, failed: number, seconds: number}[]} results
 * @returns {number} the exit code: 0 when nothing failed.
 */
function printSummary(results) {
  console.log('\n=== Summary');
  for (const { name, passed, failed, seconds } of results) {
    const verdict = failed === 0 ? 'ok    ' : 'FAILED';
    console.log(`${verdict} ${name.padEnd(40)} ${passed} passed, ${failed} failed, ${seconds.toFixed(0)} s`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

module.exports = { printSummary };
