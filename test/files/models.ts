import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { readValues } from '../../src/backend/readValues';
import { tf } from '../../src/backend/tf';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { random } from '../pruning/random';

/** Three files of weights; the second convolution lies in two of them and so does the third. */
export function threeFileNet(seed: number): tf.LayersModel {
  return eightConvNet({ inputSize: 4, widths: [64, 512, 512], seed });
}

/** Most kinds of weights that there are, a nested model and a separable convolution with a multiplier. */
export function mixedNet(): tf.LayersModel {
  const input = tf.input({ shape: [6, 6, 3], name: 'picture' });
  const inner = tf.sequential({
    name: 'inner',
    layers: [
      tf.layers.separableConv2d({
        name: 'separable',
        filters: 4,
        kernelSize: 3,
        depthMultiplier: 2,
        inputShape: [6, 6, 3],
      }),
      tf.layers.batchNormalization({ name: 'norm', gammaInitializer: 'glorotNormal' as 'ones' }),
      tf.layers.prelu({ name: 'prelu', alphaInitializer: 'heUniform' }),
    ],
  });
  const rows = tf.layers.reshape({ name: 'rows', targetShape: [16, 4] });
  const memory = tf.layers.lstm({ name: 'memory', units: 3, unitForgetBias: true });
  const dense = tf.layers.dense({ name: 'dense', units: 2, biasInitializer: 'randomNormal' });
  const outputs = [inner, rows, memory, dense].reduce<tf.SymbolicTensor>(
    (x, layer) => layer.apply(x) as tf.SymbolicTensor,
    input,
  );
  return tf.model({ name: 'mixed', inputs: input, outputs });
}

/**
 * Most of what ties channels: a residual sum with a nested model, a layer that is used twice, a separable
 * convolution with a multiplier, batch normalisation, and a dense layer behind a flatten.
 */
export function branchedNet(): tf.LayersModel {
  const { conv2d, batchNormalization, separableConv2d, dense } = tf.layers;
  const kernel = (seed: number) => tf.initializers.randomUniform({ minval: -1, maxval: 1, seed });
  const same = (name: string, filters: number, seed: number) =>
    conv2d({ name, filters, kernelSize: 3, padding: 'same', kernelInitializer: kernel(seed) });
  const input = tf.input({ shape: [6, 6, 3], name: 'picture' });
  const inside = tf.input({ shape: [6, 6, 16], name: 'inside' });
  const inner = tf.model({
    name: 'inner',
    inputs: inside,
    outputs: chain(inside, [
      same('narrow', 6, 2),
      batchNormalization({ name: 'innerNorm' }),
      same('twin', 16, 3),
    ]),
  });
  const stem = chain(input, [same('stem', 16, 1), batchNormalization({ name: 'norm' })]);
  const once = chain(stem, [inner]);
  const sum = tf.layers.add({ name: 'sum' }).apply([stem, once]) as tf.SymbolicTensor;
  const outputs = chain(sum, [
    inner,
    separableConv2d({
      name: 'separable',
      filters: 10,
      kernelSize: 3,
      depthMultiplier: 2,
      pointwiseInitializer: kernel(4),
    }),
    tf.layers.prelu({ name: 'prelu', alphaInitializer: 'heUniform', sharedAxes: [1, 2] }),
    tf.layers.flatten({ name: 'flat' }),
    dense({ name: 'hidden', units: 20, kernelInitializer: kernel(5) }),
    dense({ name: 'classes', units: 4, kernelInitializer: kernel(6) }),
  ]);
  return tf.model({ name: 'branched', inputs: input, outputs });
}

/**
 * Kernels of more than 4 MB: one transposed, whose filters are not on the last axis, and one behind a flatten. From
 * very small to very large numbers, so that the order in which they are added up makes a difference.
 */
export function wideNet(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'conv', filters: 300, kernelSize: 1, inputShape: [4, 4, 3] }),
      tf.layers.conv2dTranspose({ name: 'transposed', filters: 501, kernelSize: 3 }),
      tf.layers.flatten({ name: 'flat' }),
      tf.layers.dense({ name: 'dense', units: 83 }),
      tf.layers.dense({ name: 'classes', units: 2 }),
    ],
  });
  const next = random(1);
  model.setWeights(
    model.weights.map(({ shape }) => {
      const size = shape as number[];
      const values = { length: tf.util.sizeFromShape(size) };
      return tf.tensor(
        Float32Array.from(values, () => (next() - 0.5) * 10 ** (12 * next())),
        size,
      );
    }),
  );
  return model;
}

function chain(x: tf.SymbolicTensor, layers: tf.layers.Layer[]): tf.SymbolicTensor {
  return layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
}

/** Cuts the weights of a saved model anew into files of that size, as other tools might have. */
export function recutShards(dir: string, bytes: number): void {
  const file = path.join(dir, 'model.json');
  const json = JSON.parse(fs.readFileSync(file, 'utf8'));
  const [manifest] = json.weightsManifest;
  const all = Buffer.concat(manifest.paths.map((name: string) => fs.readFileSync(path.join(dir, name))));
  const size = Math.min(bytes, all.length);
  manifest.paths = Array.from({ length: Math.ceil(all.length / size) }, (_, i) => `group1-shard${i + 1}.bin`);
  manifest.paths.forEach((name: string, i: number) => {
    fs.writeFileSync(path.join(dir, name), all.subarray(i * size, (i + 1) * size));
  });
  fs.writeFileSync(file, JSON.stringify(json));
}

/** All weights as the hexadecimal digits of their bits, by name: NaN and -0 are told apart. */
export function bitsOf(model: tf.LayersModel): Record<string, string> {
  return Object.fromEntries(
    model.weights.map((weight) => {
      const { buffer, byteOffset, byteLength } = readValues(weight.read());
      return [weight.originalName, Buffer.from(buffer, byteOffset, byteLength).toString('hex')];
    }),
  );
}

/** All files under a directory with what is in them. */
export const contents = (dir: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(dir, name)).isFile())
      .sort()
      .map((name) => [name, fs.readFileSync(path.join(dir, name)).toString('hex')]),
  );

/** An empty directory that is gone after the test. */
export function temporaryDirectory(t: Pick<TestContext, 'after'>): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'model-files-'));
  t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}
