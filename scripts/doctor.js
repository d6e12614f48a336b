'use strict';
/** npm run doctor: says what is there and what is missing, installs nothing. Exit code 1 when a lesson could not run. */
require('./setup/checkNode');
const { CHECKS } = require('./doctor/checks');
const { runMain } = require('./setup/run');

async function main() {
  let failed = 0;
  for (const check of CHECKS) {
    const { status, text, mend } = await check();
    console.log(`[${status}] ${text}`);
    if (mend) console.log(`${' '.repeat(status.length + 2)} -> ${mend}`);
    if (status === 'FAIL') failed++;
  }
  console.log(
    failed === 0 ? 'Lessons can run.' : `Lessons cannot run: ${failed} of ${CHECKS.length} checks failed.`,
  );
  return failed === 0 ? 0 : 1;
}

runMain(main);
