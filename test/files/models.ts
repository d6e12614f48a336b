import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { readValues } from '../../src/backend/readValues';
import { tf } from '../../src/backend/tf';
import { eightConvNet } from '../../src/nets/eightConvNet';

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

/** All weights as the hexadecimal digits of their bits, by name: NaN and -0 are told apart. */
export function bitsOf(model: tf.LayersModel): Record<string, string> {
  return Object.fromEntries(
    model.weights.map((weight) => {
      const { buffer, byteOffset, byteLength } = readValues(weight.read());
      return [weight.originalName, Buffer.from(buffer, byteOffset, byteLength).toString('hex')];
    }),
  );
}

/** An empty directory that is gone after the test. */
export function temporaryDirectory(t: Pick<TestContext, 'after'>): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'model-files-'));
  t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}
