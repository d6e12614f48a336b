'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { isAlive } = require('../setup/lock');
const { ROOT } = require('../setup/paths');

const STAGING = /^\.native\.(\d+)$/;

/**
 * Runs `work` with a new folder beside .native, which is gone afterwards, also after Ctrl-C; what a killed run left
 * is removed first.
 */
async function withStaging(work, root = ROOT) {
  for (const name of fs.readdirSync(root)) {
    const [, pid] = STAGING.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) fs.rmSync(path.join(root, name), { recursive: true, force: true });
  }
  const folder = path.join(root, `.native.${process.pid}`);
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  const stop = () => {
    remove();
    process.exit(130);
  };
  fs.mkdirSync(folder);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(folder);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    remove();
  }
}

module.exports = { withStaging };
