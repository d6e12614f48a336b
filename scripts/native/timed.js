'use strict';

/** Says what is being done, and afterwards how long it took. */
async function timed(what, work) {
  process.stdout.write(`${what} ... `);
  const start = performance.now();
  try {
    return await work();
  } finally {
    console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

module.exports = { timed };
