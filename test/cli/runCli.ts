import assert from 'node:assert/strict';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { tf } from '../../src/backend/tf';
import { main } from '../../src/cli/main';
import { saveModel } from '../../src/files/saveModel';
import { contents, temporaryDirectory } from '../files/models';

/** The command line with --prune on the cpu engine. */
export async function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return run(['--prune', '--backend', 'cpu', ...args]);
}

/** The command line, and what it printed. */
export async function run(args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: string[][] = [[], []];
  const streams = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    env: {},
  };
  const code = await main(args, streams as unknown as Parameters<typeof main>[1]);
  return { code, out: out.join(''), err: err.join('') };
}

/** conv1 -> bn -> conv2 -> flatten -> classes. */
export async function saved(t: TestContext): Promise<{ dir: string; json: string; model: tf.LayersModel }> {
  const dir = temporaryDirectory(t);
  const { conv2d, batchNormalization, flatten, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      conv2d({ name: 'conv1', filters: 10, kernelSize: 3, inputShape: [5, 5, 2] }),
      batchNormalization({ name: 'bn' }),
      conv2d({ name: 'conv2', filters: 6, kernelSize: 3, activation: 'relu' }),
      flatten({ name: 'flat' }),
      dense({ name: 'classes', units: 4 }),
    ],
  });
  await saveModel(model, path.join(dir, 'mine'));
  return { dir, json: path.join(dir, 'mine', 'model.json'), model };
}

/** The command ends with code 2 and one line, and nothing is written under `dir`. */
export async function refuses(dir: string, args: string[], message: string): Promise<void> {
  const [files, tensors] = [contents(dir), tf.memory().numTensors];
  const { code, err } = await cli(...args);
  assert.deepEqual([code, err], [2, `${message}\n`]);
  assert.deepEqual(contents(dir), files);
  assert.equal(tf.memory().numTensors, tensors);
}
