'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { performance } = require('node:perf_hooks');

const EVERY_MS = 3000;

/** Runs one step and says in one line what it is and how long it took. */
async function timed(label, work) {
  process.stdout.write(`${label} ... `);
  const start = performance.now();
  try {
    const result = await work();
    console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log('');
    throw error;
  }
}

/** Runs a download into a folder; where no terminal shows the downloader's own bar, says how far it is. */
async function withMegabytes(folder, work) {
  if (process.stdout.isTTY) return work();
  const timer = setInterval(() => console.log(`  ${megabytes(folder)} MB so far`), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** @returns {number} the size of all files in a folder that may be changing. */
function megabytes(folder) {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }) : [];
  const sizes = names.map((name) => fs.lstatSync(path.join(folder, String(name)), { throwIfNoEntry: false }));
  return Math.round(sizes.reduce((sum, stat) => sum + (stat?.isFile() ? stat.size : 0), 0) / 1e6);
}

module.exports = { megabytes, timed, withMegabytes };
