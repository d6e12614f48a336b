'use strict';
/**
 * npm start [-- ARGUMENTS FOR JUPYTER]: sets up what is missing, asks once about the native engine, then opens
 * JupyterLab on the first lesson.
 */
require('./setup/checkNode');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { offerNative } = require('./native/offer');
const { jupyterEnvironment } = require('./setup/environment');
const { NOTEBOOKS, ROOT } = require('./setup/paths');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');
const { notaryArguments, trustLessons } = require('./setup/trustLessons');

const FIRST_LESSON = '00-start-here.ipynb';
const PARENT_CHECK_MS = 1000;
/** What a shell says of a command that Ctrl-C ended. */
const INTERRUPTED = 130;

async function main() {
  const jupyter = await setUp();
  if (!(await offerNative())) return INTERRUPTED;
  await trustLessons(jupyter);
  console.log(`JupyterLab ${jupyter.version} (${jupyter.where}) opens ${startPage()}. Ctrl-C stops it.`);
  return runLab([...jupyter.lab, ...labArguments(), ...process.argv.slice(2)]);
}

/** @returns what to open, relative to the project. */
function startPage() {
  return fs.existsSync(path.join(NOTEBOOKS, FIRST_LESSON)) ? `notebooks/${FIRST_LESSON}` : 'notebooks';
}

/** Jupyter's own defaults stay: it listens on localhost, asks for a token, and takes the next port when one is taken. */
function labArguments() {
  return [
    // The project, not the lesson's folder: readers open and edit src/ beside the lesson.
    `--ServerApp.root_dir=${ROOT}`,
    `--LabApp.default_url=/lab/tree/${startPage()}`,
    ...notaryArguments(),
    // Its other managers ask a registry for extensions.
    '--LabApp.extension_manager=readonly',
    // Containers run as root, where Jupyter refuses to start without being told to.
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
}

/** Runs JupyterLab until it ends. @returns {Promise<number>} its exit code. */
function runLab(argv) {
  const lab = spawn(argv[0], argv.slice(1), { cwd: ROOT, env: jupyterEnvironment(), stdio: 'inherit' });
  // The terminal sends Ctrl-C to Jupyter as well, which asks whether to stop: this process must outlive it.
  process.on('SIGINT', () => {});
  // A signal to this process alone has to be passed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => lab.kill(signal));
  if (process.env.npm_lifecycle_event) stopWithParent(lab);
  return new Promise((resolve, reject) => {
    lab.on('error', reject);
    lab.on('close', (code) => resolve(code ?? 1));
  });
}

/** npm passes a signal to the shell between it and this process, and no further: the server would be left running. */
function stopWithParent(lab) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && lab.kill('SIGTERM'), PARENT_CHECK_MS).unref();
}

runMain(main);
