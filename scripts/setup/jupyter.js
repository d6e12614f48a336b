'use strict';
const { findPython } = require('./python');
const { SetupError, probe } = require('./run');
const { createVenv, venvPython, venvState } = require('./venv');

const OLDEST_LAB = 4;

/**
 * Finds a Jupyter that works, by running it: the one on the PATH, else the project's own.
 * @returns {Promise<{lab?: string[], nbconvert?: string[], trust?: string[], version?: string, where?: string,
 *   tried: string[]}>} the commands of its tools, or only what was tried.
 */
async function findJupyter() {
  const tried = [];
  for (const candidate of [onPath(), inVenv()]) {
    const fault = await faultOf(candidate);
    if (!fault) return { ...candidate, tried };
    tried.push(`${candidate.where}: ${fault}`);
  }
  return { tried };
}

/** @returns like findJupyter, after making the project's own where none works. */
async function ensureJupyter() {
  const found = await findJupyter();
  if (found.lab) return found;
  const python = await findPython();
  if (!python.argv) throw new SetupError(noWay([...found.tried, ...python.tried]));
  if (venvState() === 'foreign') throw new SetupError(foreignVenv());
  console.log(
    'No usable Jupyter here: making one in .venv (about a minute, 65 MB from PyPI, 260 MB on disk).',
  );
  await createVenv(python);
  const candidate = inVenv();
  const fault = await faultOf(candidate);
  if (fault) throw new SetupError(`The new Jupyter in .venv does not work: ${fault}`);
  return { ...candidate, tried: found.tried };
}

function onPath() {
  return {
    where: 'on the PATH',
    lab: ['jupyter', 'lab'],
    nbconvert: ['jupyter', 'nbconvert'],
    trust: ['jupyter', 'trust'],
  };
}

/** By Python's -m: the start scripts in .venv name the folder they were made in, and the project may move. */
function inVenv() {
  const python = venvPython();
  return {
    where: 'in .venv',
    lab: [python, '-m', 'jupyterlab'],
    nbconvert: [python, '-m', 'nbconvert'],
    trust: [python, '-m', 'nbformat.sign'],
    incomplete: ['absent', 'outdated'].includes(venvState()),
  };
}

/** @returns undefined when both tools run (and then sets the candidate's version), else why not. */
async function faultOf(candidate) {
  if (candidate.incomplete) return 'not installed, or not what requirements.txt says';
  const [lab, nbconvert] = await Promise.all(
    [candidate.lab, candidate.nbconvert].map((argv) => probe([...argv, '--version'])),
  );
  if (!lab.ok) return 'no "jupyter lab"';
  if (!nbconvert.ok) return 'no "jupyter nbconvert"';
  candidate.version = lab.stdout.trim();
  const major = Number.parseInt(candidate.version, 10);
  return major >= OLDEST_LAB ? undefined : `JupyterLab ${candidate.version}, older than ${OLDEST_LAB}`;
}

function noWay(tried) {
  return [
    'No way to JupyterLab. Tried:',
    ...tried.map((line) => `  ${line}`),
    'Either of these mends it:',
    '  install Python 3.10 or newer (sudo apt install python3 python3-venv, or python.org), and run this again',
    '  install JupyterLab 4 so that "jupyter lab" works (for example: pipx install jupyterlab), and run this again',
  ].join('\n');
}

function foreignVenv() {
  return [
    'The folder .venv was not made by this project and has no JupyterLab 4 with nbconvert. Either:',
    `  install it there: "${venvPython()}" -m pip install -r requirements.txt`,
    '  or move the folder away, and run this again.',
  ].join('\n');
}

module.exports = { ensureJupyter, findJupyter };
