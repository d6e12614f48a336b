'use strict';
const { probe } = require('./run');

const OLDEST = [3, 10];
const CANDIDATES = [['python3'], ['python'], ['py', '-3']];

/**
 * Finds a Python that can carry JupyterLab.
 * @returns {Promise<{argv?: string[], version?: string, tried: string[]}>} `tried` says what each candidate was.
 */
async function findPython(candidates = CANDIDATES) {
  const tried = [];
  for (const argv of candidates) {
    const name = argv.join(' ');
    const { ok, stdout } = await probe([...argv, '-c', 'import platform; print(platform.python_version())']);
    const version = stdout.trim();
    // Windows has a `python3` that is no Python but an advertisement for one, and fails.
    if (!ok) tried.push(`${name}: not there`);
    else if (!isNewEnough(version)) tried.push(`${name}: ${version}, older than ${OLDEST.join('.')}`);
    else return { argv, version, tried };
  }
  return { tried };
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

module.exports = { CANDIDATES, findPython };
