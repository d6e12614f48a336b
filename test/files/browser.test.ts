import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { saveModel } from '../../src/files/saveModel';
import { noBrowser, openBrowser } from '../browser/openBrowser';
import { ENGINE } from '../engines';
import { mixedNet, temporaryDirectory, threeFileNet } from './models';

test('a browser loads the files with TensorFlow.js alone and computes the same', {
  skip: noBrowser(),
}, async (t) => {
  await useBackend(ENGINE);
  const dir = temporaryDirectory(t);
  const nets: [string, tf.LayersModel][] = [
    ['mixed', mixedNet()],
    ['threeFiles', threeFileNet(3)],
  ];
  for (const [name, model] of nets) await saveModel(model, path.join(dir, name));
  const tfjs = require.resolve('@tensorflow/tfjs/dist/tf.min.js');
  fs.copyFileSync(tfjs, path.join(dir, 'tf.min.js'));
  fs.writeFileSync(path.join(dir, 'index.html'), '<!doctype html><script src="tf.min.js"></script>');
  const url = await serve(t, dir);
  const browser = await openBrowser(t);
  const page = await browser.newPage();
  await page.goto(url);

  for (const [name, model] of nets) {
    const shape = [1, ...(model.inputs[0].shape.slice(1) as number[])];
    const input = Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i));
    const expected = Array.from((model.predict(tf.tensor(input, shape)) as tf.Tensor).dataSync());
    const found = await page.evaluate(
      async ({ file, values, sizes }) => {
        const { tf: inBrowser } = globalThis as unknown as { tf: typeof tf };
        await inBrowser.setBackend('cpu');
        const loaded = await inBrowser.loadLayersModel(file);
        const output = loaded.predict(inBrowser.tensor(values, sizes)) as tf.Tensor;
        return Array.from(await output.data());
      },
      { file: `${url}${name}/model.json`, values: input, sizes: shape },
    );
    assert.equal(found.length, expected.length);
    const largest = Math.max(...expected.map(Math.abs));
    assert.ok(largest > 1e-3, `${name} computes something`);
    const difference = Math.max(...found.map((value, i) => Math.abs(value - expected[i])));
    assert.ok(difference < 1e-4, `${name} differs by ${difference}`);
  }
});

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
