import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { saveModel } from '../../src/files/saveModel';
import { relativeError } from '../../src/report/relativeError';
import { noBrowser, openBrowser } from '../browser/openBrowser';
import { ENGINE, TOLERANCE } from '../engines';
import { OTHER_NETS } from '../nets/otherNets';
import { PICTURE_NETS } from '../nets/pictureNets';
import { computes } from '../pruning/lawTools';
import { mixedNet, temporaryDirectory, threeFileNet } from './models';
import { PRUNED_NETS, prunedHalf } from './prunedNets';

const NETS = [
  { name: 'mixed', build: mixedNet },
  { name: 'three files', build: () => threeFileNet(3) },
  ...PRUNED_NETS,
  ...[...PICTURE_NETS, ...OTHER_NETS].map(({ name, build }) => ({ name, build: () => prunedHalf(build()) })),
];

test('a browser loads whole and pruned models with TensorFlow.js alone and computes the same', {
  skip: noBrowser(),
}, async (t) => {
  await useBackend(ENGINE);
  const dir = temporaryDirectory(t);
  const tfjs = require.resolve('@tensorflow/tfjs/dist/tf.min.js');
  fs.copyFileSync(tfjs, path.join(dir, 'tf.min.js'));
  fs.writeFileSync(path.join(dir, 'index.html'), '<!doctype html><script src="tf.min.js"></script>');
  const url = await serve(t, dir);
  const browser = await openBrowser(t);
  const page = await browser.newPage();
  await page.goto(url);

  for (const [index, { name, build }] of NETS.entries()) {
    await t.test(name, async (each) => {
      const model = build();
      if (!computes(ENGINE, model)) return each.skip(`TensorFlow.js computes it wrongly on ${ENGINE}`);
      await saveModel(model, path.join(dir, String(index)));
      const sizes = [2, ...(model.inputs[0].shape.slice(1) as number[])];
      const values = Array.from({ length: tf.util.sizeFromShape(sizes) }, (_, i) => Math.sin(i));
      const expected = model.predict(tf.tensor(values, sizes)) as tf.Tensor;
      const found = await page.evaluate(computeInBrowser, {
        file: `${url}${index}/model.json`,
        values,
        sizes,
      });
      const error = relativeError(tf.tensor(found.values, found.shape), expected);
      assert.ok(error <= TOLERANCE[ENGINE], `${name} differs by ${error}`);
      assert.ok(expected.abs().max().dataSync()[0] > 1e-3, `${name} computes something`);
      model.dispose();
    });
  }
});

/** Runs in the page, where nothing is known but TensorFlow.js. */
async function computeInBrowser({
  file,
  values,
  sizes,
}: {
  file: string;
  values: number[];
  sizes: number[];
}) {
  const { tf: inBrowser } = globalThis as unknown as { tf: typeof tf };
  await inBrowser.setBackend('cpu');
  const loaded = await inBrowser.loadLayersModel(file);
  const output = loaded.predict(inBrowser.tensor(values, sizes)) as tf.Tensor;
  return { values: Array.from(await output.data()), shape: output.shape };
}

/** Serves a directory on a free port of this machine until the test ends. */
async function serve(t: TestContext, dir: string): Promise<string> {
  const server = http.createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '');
    const file = path.join(dir, name);
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    return response
      .writeHead(200, name.endsWith('.html') ? { 'content-type': 'text/html' } : {})
      .end(fs.readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
