'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { findChromium } = require('./chromium');
const { jupyterEnvironment } = require('../setup/environment');
const { findJupyter } = require('../setup/jupyter');
const { kernelspecFault, readKernelspec } = require('../setup/kernelspec');
const { packagesState } = require('../setup/packages');
const { JUPYTER_DATA } = require('../setup/paths');
const { findPython } = require('../setup/python');
const { probe } = require('../setup/run');
const { executeNotebook } = require('../notebooks/executeNotebook');

/**
 * The checks, in the order in which things depend on each other. Each returns its line:
 * {status: 'OK' | 'FAIL' | 'INFO', text, mend?}; FAIL means that a lesson could not run, `mend` is what to do.
 */
const MEND_BY_START = 'npm start installs it';

const ok = (text) => ({ status: 'OK', text });
const info = (text, mend) => ({ status: 'INFO', text, mend });
const fail = (text, mend) => ({ status: 'FAIL', text, mend });

function checkNode() {
  return ok(`Node ${process.version} on ${process.platform} ${process.arch} (20 or newer is needed)`);
}

function checkPackages() {
  const state = packagesState();
  if (state === 'current') return ok('npm packages: as package-lock.json says');
  return fail(`npm packages: ${state}`, `${MEND_BY_START}; or: npm ci`);
}

async function checkEngine() {
  if (packagesState() === 'absent') return fail('Engine: TensorFlow.js is not installed', MEND_BY_START);
  const { ok: works, stdout, stderr } = await probe([process.execPath, path.join(__dirname, 'engine.js')]);
  if (!works) return fail(`Engine: none works: ${lastLine(stderr)}`, 'npm ci');
  const { name, line } = JSON.parse(lastLine(stdout));
  // Where wasm was not asked for, the line itself names the command for the faster engine.
  return name === 'native' ? ok(line) : info(line);
}

async function checkPython() {
  const { argv, version, tried } = await findPython();
  if (argv) return ok(`Python ${version} (${argv.join(' ')})`);
  // Not a failure by itself: a Jupyter on the PATH brings its own.
  return info(
    `Python: none that is 3.10 or newer (${tried.join('; ')})`,
    'install one, unless Jupyter below is OK',
  );
}

async function checkJupyter() {
  const { version, where, tried } = await findJupyter();
  if (version) return ok(`JupyterLab ${version} ${where}`);
  return fail(`Jupyter: none that works (${tried.join('; ')})`, MEND_BY_START);
}

function checkKernelspec() {
  const spec = readKernelspec(JUPYTER_DATA);
  if (!spec) return fail('Kernelspec: not written yet', 'npm start writes it');
  const fault = kernelspecFault(spec);
  if (fault) return fail(`Kernelspec: ${fault}`, 'npm start writes it anew');
  return ok(`Kernelspec: "${spec.display_name}", for this project only`);
}

/** The proof: one cell through Jupyter and the kernel. */
async function checkCell() {
  const jupyter = await findJupyter();
  if (!jupyter.nbconvert || !readKernelspec(JUPYTER_DATA) || packagesState() === 'absent') {
    return fail('Kernel: not tried, because something above is missing', MEND_BY_START);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
  try {
    const input = path.join(folder, 'cell.ipynb');
    fs.writeFileSync(input, JSON.stringify(notebookOf("import { tf } from './src/index'\ntf.version.tfjs")));
    const result = await executeNotebook({ jupyter, input, env: jupyterEnvironment() });
    if (!result.ok) return fail(`Kernel: a cell failed: ${result.failure.message}`);
    return ok(
      `Kernel: imported ./src/index and ran a cell, ${result.seconds.toFixed(1)} s with Jupyter's start`,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function checkChromium() {
  const found = findChromium();
  if (found) return ok(`Chromium: ${found}`);
  return info('Chromium: not found; no lesson needs it, only the tests that look at pages do');
}

function notebookOf(source) {
  const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source };
  const kernelspec = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
  return { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4 };
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

module.exports = {
  CHECKS: [
    checkNode,
    checkPackages,
    checkEngine,
    checkPython,
    checkJupyter,
    checkKernelspec,
    checkCell,
    checkChromium,
  ],
};
