'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { probe } = require('../setup/run');

/** A cell has a budget of 20 seconds; a busy machine gets fifteen times that before a run counts as stuck. */
const CELL_SECONDS = 300;
const NO_LIMIT = 0;
/** nbclient's report: a heading, the cell's source, its output, and last "ename: evalue" of the failure. */
const FAILED_CELL = /An error occurred while executing the following cell:\n-+\n([\s\S]*?)\n-+\n([\s\S]*)$/;

/**
 * Runs a notebook top to bottom through `jupyter nbconvert`, on a kernel of its own. The file itself stays as it is.
 *
 * @param {{jupyter: {nbconvert: string[]}, input: string, env: object}} options `input` is the notebook's path,
 *   `env` what jupyterEnvironment returns.
 * @returns {Promise<{ok: true, notebook: object, seconds: number} |
 *   {ok: false, failure: {cell?: number, message: string}, seconds: number}>} `cell` counts code cells from 1.
 */
async function executeNotebook({ jupyter, input, env }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'executed-'));
  const start = performance.now();
  try {
    const output = path.join(folder, 'out.ipynb');
    const options = [
      '--to=notebook',
      '--execute',
      `--output-dir=${folder}`,
      '--output=out.ipynb',
      `--ExecutePreprocessor.timeout=${CELL_SECONDS}`,
      '--log-level=ERROR',
    ];
    const { ok, stderr } = await probe([...jupyter.nbconvert, ...options, input], { env }, NO_LIMIT);
    const seconds = (performance.now() - start) / 1000;
    if (!ok) return { ok: false, failure: describeFailure(stderr, readNotebook(input)), seconds };
    return { ok: true, notebook: readNotebook(output), seconds };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {{cell?: number, message: string}} from nbconvert's stderr, which is mostly Python's traceback. */
function describeFailure(stderr, notebook) {
  const [, source, message] = FAILED_CELL.exec(stderr) ?? [];
  if (message === undefined) return { message: stderr.trim() };
  const cells = notebook.cells.filter((cell) => cell.cell_type === 'code');
  const index = cells.findIndex((cell) => sourceOf(cell).trim() === source.trim());
  return { ...(index >= 0 && { cell: index + 1 }), message: message.trim() };
}

function readNotebook(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** A notebook keeps text as one string or as a list of lines. */
function sourceOf(cell) {
  return [].concat(cell.source).join('');
}

module.exports = { executeNotebook, readNotebook, sourceOf };
