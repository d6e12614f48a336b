'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { NATIVE } = require('../setup/paths');

const PREFIX = `${path.basename(NATIVE)}.`;
/** A process that was killed may still be writing for a moment. */
const PATIENCE = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

/**
 * Runs work in a folder beside `target` that is gone afterwards, whatever happened; the work may rename it to `target`.
 * Folders of killed runs go first: the set-up lock, under which this runs, says that nobody uses them.
 */
async function inStagingFolder(target, work) {
  const parent = path.dirname(target);
  removeStaging(parent);
  const folder = path.join(parent, `${PREFIX}${process.pid}`);
  fs.mkdirSync(folder);
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, PATIENCE);
  }
}

/** @returns {boolean} whether there were any. */
function removeStaging(parent) {
  const names = fs.readdirSync(parent).filter((name) => name.startsWith(PREFIX));
  for (const name of names) fs.rmSync(path.join(parent, name), PATIENCE);
  return names.length > 0;
}

module.exports = { inStagingFolder, removeStaging };
