'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, VENV } = require('./paths');
const { SetupError, probe, show } = require('./run');

const REQUIREMENTS = path.join(ROOT, 'requirements.txt');
/** In .venv: the hash of the requirements that were installed, or that an installation was begun. */
const STAMP = path.join(VENV, 'course-requirements');
const BEGUN = 'begun';

/** @returns the Python of the project's own environment, whether or not it is there. */
function venvPython() {
  return process.platform === 'win32'
    ? path.join(VENV, 'Scripts', 'python.exe')
    : path.join(VENV, 'bin', 'python');
}

/** @returns {'absent' | 'foreign' | 'outdated' | 'current'} foreign: somebody else made a .venv here. */
function venvState() {
  if (!fs.existsSync(VENV)) return 'absent';
  if (!fs.existsSync(STAMP)) return 'foreign';
  return fs.readFileSync(STAMP, 'utf8') === requirementsHash() ? 'current' : 'outdated';
}

/**
 * Makes .venv anew from requirements.txt. Interrupted at any point it leaves one that counts as outdated.
 * @param {{argv: string[], version: string}} python
 */
async function createVenv(python) {
  await assertEnsurepip(python);
  fs.rmSync(VENV, { recursive: true, force: true });
  fs.mkdirSync(VENV);
  fs.writeFileSync(STAMP, BEGUN);
  if ((await show([...python.argv, '-m', 'venv', VENV])) !== 0) {
    throw new SetupError(`"${python.argv.join(' ')} -m venv .venv" failed; its own message stands above.`);
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  // A user's configuration may say "install for the user", which pip refuses inside an environment.
  const env = { ...process.env, PIP_USER: '0' };
  if ((await show([venvPython(), ...install, '-r', REQUIREMENTS], { env })) !== 0) {
    throw new SetupError(
      [
        'pip could not install JupyterLab into .venv; its own message stands above.',
        'Behind a proxy or firewall set HTTPS_PROXY, or PIP_INDEX_URL to a mirror, and run the same command again.',
        'Or install JupyterLab 4 yourself, so that "jupyter lab" works, for example: pipx install jupyterlab',
      ].join('\n'),
    );
  }
  fs.writeFileSync(STAMP, requirementsHash());
}

/** Debian and Ubuntu keep it in a package of its own, and venv's own failure is long and leaves half a folder. */
async function assertEnsurepip({ argv, version }) {
  if ((await probe([...argv, '-c', 'import ensurepip, venv'])).ok) return;
  throw new SetupError(
    [
      `Python ${version} (${argv.join(' ')}) has no ensurepip, so it cannot make the environment .venv.`,
      'On Debian or Ubuntu: sudo apt install python3-venv',
      'Then run the same command again.',
    ].join('\n'),
  );
}

function requirementsHash() {
  // Line ends differ when git checks out on Windows; the packages do not.
  const text = fs.readFileSync(REQUIREMENTS, 'utf8').replaceAll('\r\n', '\n');
  return crypto.createHash('sha256').update(text).digest('hex');
}

module.exports = { createVenv, venvPython, venvState };
