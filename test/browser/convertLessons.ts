import * as assert from 'node:assert/strict';

const { findJupyter } = require('../../scripts/setup/jupyter');
const { jupyterEnvironment } = require('../../scripts/setup/environment');
const { probe } = require('../../scripts/setup/run');

/** Else the pages ask two hosts for require.js and MathJax, which no lesson needs. */
const NO_HOSTS = ["--HTMLExporter.require_js_url=''", "--HTMLExporter.mathjax_url=''"];

/** Makes pages of notebooks, with the same names, in a folder. */
export async function convertLessons(files: string[], folder: string): Promise<void> {
  const jupyter = await findJupyter();
  assert.ok(jupyter.nbconvert, `No usable Jupyter (run: npm run test:browser): ${jupyter.tried.join('; ')}`);
  const argv = [...jupyter.nbconvert, '--to=html', `--output-dir=${folder}`, ...NO_HOSTS, ...files];
  const { ok, stderr } = await probe(argv, { env: jupyterEnvironment() });
  assert.ok(ok, stderr);
}
