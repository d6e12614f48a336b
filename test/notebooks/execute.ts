import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Notebook } from './notebook';

const { executeNotebook } = require('../../scripts/notebooks/executeNotebook');
const { jupyterEnvironment } = require('../../scripts/setup/environment');
const { findJupyter } = require('../../scripts/setup/jupyter');

export type Execution =
  | { ok: true; notebook: Notebook; seconds: number }
  | { ok: false; failure: { cell?: number; message: string }; seconds: number };

let jupyter: Promise<{ nbconvert?: string[]; tried: string[] }> | undefined;

/** Runs a notebook on the kernel of the project through Jupyter, from a temporary folder. */
export async function execute(notebook: object): Promise<Execution> {
  jupyter ??= findJupyter() as NonNullable<typeof jupyter>;
  const found = await jupyter;
  assert.ok(found.nbconvert, `No usable Jupyter (run: npm run test:notebooks): ${found.tried.join('; ')}`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lesson-'));
  try {
    const input = path.join(folder, 'lesson.ipynb');
    fs.writeFileSync(input, JSON.stringify(notebook));
    return await executeNotebook({ jupyter: found, input, env: jupyterEnvironment() });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
