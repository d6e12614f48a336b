'use strict';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs work that Ctrl-C ends in an orderly way: the work is told by its signal, and clears up.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T | 130>} 130, the exit code of an interrupted command, when it was interrupted.
 */
async function interruptible(work) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    console.log('\nInterrupted: nothing was left behind. The same command starts again.');
    return 130;
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}

module.exports = { interruptible };
