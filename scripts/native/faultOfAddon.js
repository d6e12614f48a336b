'use strict';
const path = require('node:path');
const { probe } = require('../setup/run');

/**
 * @param {string} [addon] default: whichever a lesson would load.
 * @returns {Promise<string | undefined>} undefined when the native engine computes with it, else why it does not.
 */
async function faultOfAddon(addon, signal) {
  const argv = [process.execPath, path.join(__dirname, 'compute.js'), ...(addon ? [addon] : [])];
  const { ok, stderr } = await probe(argv, { signal });
  signal?.throwIfAborted();
  if (ok) return undefined;
  return stderr.trim().split('\n').at(-1) || 'the process that loaded it crashed';
}

module.exports = { faultOfAddon };
