'use strict';

/** TypeScript's name for what it does some time after files came or went where an import was looked for. */
const FORGET_LOOKUPS = 'invalidateResolutionsOfFailedLookup';

/**
 * Makes a kernel outlive files that come or go in the project, as when a reader saves a new one in src/.
 *
 * TypeScript's watch program starts timers of two kinds; tslab knows one, and holds a single timer: one of the
 * other kind made it refuse every later cell ("Unexpected pending rebuildTimer"). That kind runs at once here.
 *
 * Call it before tslab/dist/converter is loaded: it hands it a TypeScript of which `createWatchProgram` is replaced.
 */
function outliveFileEvents() {
  const file = require.resolve('@tslab/typescript-for-tslab', { paths: [require.resolve('tslab')] });
  const ts = require(file);
  const createWatchProgram = (host) => {
    const { setTimeout, clearTimeout } = host;
    const done = new Set();
    host.setTimeout = (callback, ...rest) => {
      if (callback.name !== FORGET_LOOKUPS) return setTimeout(callback, ...rest);
      callback();
      const timer = {};
      done.add(timer);
      return timer;
    };
    // TypeScript may still clear a timer whose work is done.
    host.clearTimeout = (timer) => done.delete(timer) || clearTimeout(timer);
    return ts.createWatchProgram(host);
  };
  // Its own properties cannot be set.
  require.cache[file].exports = { ...ts, createWatchProgram };
}

module.exports = { outliveFileEvents };
