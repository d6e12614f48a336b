'use strict';
const { writeJupyterFiles } = require('./environment');
const { ensureJupyter } = require('./jupyter');
const { withLock } = require('./lock');
const { ensurePackages } = require('./packages');

/**
 * Makes the project able to run its lessons: npm packages, a Jupyter, the kernel. Quick when all is there.
 * @returns the Jupyter to use, see findJupyter.
 * @throws SetupError with what to do.
 */
function setUp() {
  return withLock(async () => {
    await ensurePackages();
    const jupyter = await ensureJupyter();
    writeJupyterFiles();
    return jupyter;
  });
}

module.exports = { setUp };
