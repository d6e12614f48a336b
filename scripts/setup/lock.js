'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { LOCAL } = require('./paths');

const FILE = path.join(LOCAL, 'set-up.lock');
const RETRY_MS = 300;
/** A set-up that finds all in place takes a second or two: not worth a word. */
const TELL_AFTER_TRIES = 10;

/** Runs `work` while no other set-up of this project runs: two "npm ci" at once destroy each other's files. */
async function withLock(work) {
  fs.mkdirSync(LOCAL, { recursive: true });
  for (let tries = 1; !take(); tries++) {
    if (tries === TELL_AFTER_TRIES)
      console.log(`Waiting for another set-up. (If none is running: delete ${FILE})`);
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(FILE, { force: true });
  }
}

function take() {
  try {
    fs.writeFileSync(FILE, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  // Its owner was interrupted; the next try takes it.
  if (!isAlive(readOwner())) fs.rmSync(FILE, { force: true });
  return false;
}

/** @returns the process that holds the lock; NaN in the moment between making the file and writing it. */
function readOwner() {
  try {
    return Number.parseInt(fs.readFileSync(FILE, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid) {
  if (Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

module.exports = { withLock };
