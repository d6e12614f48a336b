'use strict';
const path = require('node:path');
const { withLock } = require('../setup/lock');
const { probe } = require('../setup/run');
const { installNative } = require('./installNative');
const { interruptible } = require('./interruptible');

const ENGINE = path.join(__dirname, '..', 'doctor', 'engine.js');

/**
 * Installs the native engine and says what came of it.
 * @returns {Promise<number>} the exit code.
 * @throws SetupError where it cannot.
 */
function nativeEngine() {
  return withLock(() =>
    interruptible(async (signal) => {
      const result = await installNative(signal);
      if (result === 'there') {
        console.log('The native engine works already; nothing was fetched.');
      } else {
        const { stdout } = await probe([process.execPath, ENGINE], { signal });
        console.log(JSON.parse(stdout.trim().split('\n').at(-1)).line);
        console.log('Kernels that run already have to be restarted.');
      }
      console.log('To undo it: npm run native -- --remove');
      return 0;
    }),
  );
}

module.exports = { nativeEngine };
