'use strict';
const { venvPython } = require('../setup/venv');
const { probe } = require('../setup/run');

const PYTHONS = [[venvPython()], ['python3'], ['python'], ['py', '-3']];
const COMPILERS = ['c++', 'g++', 'clang++'];

/** @returns {Promise<string[] | undefined>} a Python that has pip, of any version: nothing of it is used but pip. */
function findPip() {
  return firstThatRuns(PYTHONS, ['-m', 'pip', '--version']);
}

/** @returns {Promise<string[] | undefined>} the C++ compiler: CXX, where it is set. */
function findCompiler(env = process.env) {
  const candidates = env.CXX ? [env.CXX.split(' ')] : COMPILERS.map((name) => [name]);
  return firstThatRuns(candidates, ['--version']);
}

async function firstThatRuns(candidates, args) {
  for (const argv of candidates) if ((await probe([...argv, ...args])).ok) return argv;
  return undefined;
}

module.exports = { findCompiler, findPip };
