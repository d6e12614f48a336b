import * as path from 'node:path';
import * as nb from '../test/notebooks/notebook';
import { KernelClient } from '../test/scripts/kernelClient';

const { executeNotebook } = require('../scripts/notebooks/executeNotebook');
const { findLessons } = require('../scripts/notebooks/lessons');
const { jupyterEnvironment } = require('../scripts/setup/environment');
const { ensureJupyter } = require('../scripts/setup/jupyter');

const ROOT = path.resolve(__dirname, '..');

export interface KernelTimes {
  /** From starting the kernel to the end of the first cell, which imports. */
  firstImport: number[];
  /** The first cell alone, in a kernel that had `READING_MS` to prepare itself. */
  preparedImport: number[];
  firstChart: number[];
  /** Percent changed, and its cell run again. */
  rerun: number[];
}

/** A reader who opens a lesson reads its head before running the first cell. */
export const READING_MS = 8000;

/** Starts the kernel, waits as a reader does, and runs the first cell of lesson 00. */
export async function measurePrepared(times: KernelTimes): Promise<void> {
  const [first] = nb.codeCells(nb.readNotebook(path.join(ROOT, 'notebooks', '00-start-here.ipynb')));
  const kernel = await KernelClient.start(ROOT);
  try {
    await new Promise((resolve) => setTimeout(resolve, READING_MS));
    const start = performance.now();
    await kernel.run(nb.sourceOf(first));
    times.preparedImport.push(performance.now() - start);
  } finally {
    kernel.close();
  }
}

/** Starts the kernel on lesson 00, without Jupyter, and runs its cells up to the one with percent. */
export async function measureKernel(times: KernelTimes): Promise<void> {
  const lesson = nb.readNotebook(path.join(ROOT, 'notebooks', '00-start-here.ipynb'));
  const cells = nb.codeCells(lesson);
  const percentCell = cells.findIndex((cell) => nb.percentsOf({ ...lesson, cells: [cell] }).length > 0);
  const start = performance.now();
  const kernel = await KernelClient.start(ROOT);
  try {
    const isChart = ({ content }: { content: { data?: object } }) => 'image/png' in (content.data ?? {});
    let chart = false;
    for (const [index, cell] of cells.slice(0, percentCell + 1).entries()) {
      const run = await kernel.run(nb.sourceOf(cell));
      if (run.reply.status !== 'ok') throw new Error(`lesson 00, code cell ${index + 1}: ${run.stderr}`);
      if (index === 0) times.firstImport.push(performance.now() - start);
      if (!chart && run.published.some(isChart)) times.firstChart.push(performance.now() - start);
      chart ||= run.published.some(isChart);
    }
    for (const percent of [0.3, 0.7, 0.5]) {
      const source = nb.sourceOf(nb.codeCells(nb.withPercent(lesson, percent))[percentCell]);
      const begin = performance.now();
      await kernel.run(source);
      times.rerun.push(performance.now() - begin);
    }
  } finally {
    kernel.close();
  }
}

/** @returns seconds of each lesson, top to bottom through Jupyter, its start included. */
export async function measureLessons(): Promise<{ name: string; seconds: number }[]> {
  const jupyter = await ensureJupyter();
  const results = [];
  for (const input of findLessons([])) {
    const run = await executeNotebook({ jupyter, input, env: jupyterEnvironment() });
    if (!run.ok) throw new Error(`${path.basename(input)}: ${run.failure.message}`);
    results.push({ name: path.basename(input, '.ipynb'), seconds: run.seconds });
  }
  return results;
}
