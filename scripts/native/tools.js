'use strict';
const { CANDIDATES } = require('../setup/python');
const { probe } = require('../setup/run');
const { venvPython } = require('../setup/venv');

const COMPILERS = ['c++', 'g++', 'clang++'];
/** The first pip that knows the platform names of today's wheels. */
const OLDEST_PIP = [20, 3];

/** @returns {Promise<string[] | undefined>} a pip, of whichever Python: nothing of Python goes into the engine. */
async function findPip(pythons = [[venvPython()], ...CANDIDATES]) {
  for (const python of pythons) {
    const pip = [...python, '-m', 'pip'];
    const { ok, stdout } = await probe([...pip, '--version']);
    const [, major, minor] = /^pip (\d+)\.(\d+)/.exec(stdout) ?? [];
    const isNewEnough = +major > OLDEST_PIP[0] || (+major === OLDEST_PIP[0] && +minor >= OLDEST_PIP[1]);
    if (ok && isNewEnough) return pip;
  }
  return undefined;
}

/** @returns {Promise<string[] | undefined>} a C++ compiler that runs: the one of CXX where that is set. */
async function findCompiler(cxx = process.env.CXX, candidates = COMPILERS) {
  for (const command of cxx ? [cxx] : candidates) {
    const argv = command.trim().split(/\s+/);
    // On a Mac without the command line tools c++ is there, but only to say that they are missing.
    if ((await probe([...argv, '--version'])).ok) return argv;
  }
  return undefined;
}

/** @returns {Promise<{pip?: string[], compiler?: string[], missing: string[]}>} `missing` in words, with what to do. */
async function findTools() {
  const [pip, compiler] = await Promise.all([findPip(), findCompiler()]);
  const missing = [];
  if (!pip)
    missing.push(`pip ${OLDEST_PIP.join('.')} or newer (Debian, Ubuntu: sudo apt install python3-pip)`);
  if (!compiler) {
    const mend =
      process.platform === 'darwin' ? 'xcode-select --install' : 'Debian, Ubuntu: sudo apt install g++';
    missing.push(
      process.env.CXX ? `a C++ compiler (CXX is "${process.env.CXX}")` : `a C++ compiler (${mend})`,
    );
  }
  return { pip, compiler, missing };
}

module.exports = { findCompiler, findPip, findTools };
