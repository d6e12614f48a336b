import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { FakeNative } from './fakeNative';

const { installNative } = require('../../scripts/native/installNative');
const { ownDownload } = require('../../scripts/native/ownDownload');
const { planFor } = require('../../scripts/native/plan');
const ROOT = path.resolve(__dirname, '../..');
const tfjsNode = path.join(ROOT, 'node_modules/@tensorflow/tfjs-node');
/** Its own scripts know both variables. */
const MIRRORS = ['TFJS_NODE_CDN_STORAGE', 'npm_config_tfjs_binding_binary_host_mirror'];
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
const skip = !planFor()?.own || !fs.existsSync(tfjsNode);

describe("tfjs-node's own download, from a mirror on this machine", { skip }, () => {
  let fake: FakeNative;
  let server: http.Server;
  let answer: http.RequestListener;
  let asked: string[];
  const environment = { ...process.env };

  beforeEach(async () => {
    fake = new FakeNative();
    asked = [];
    server = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    for (const name of PROXIES) delete process.env[name];
    for (const name of MIRRORS) {
      process.env[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    }
    mock.method(console, 'log', () => {});
  });
  afterEach(() => {
    for (const name of [...MIRRORS, ...PROXIES]) delete process.env[name];
    Object.assign(process.env, environment);
    mock.restoreAll();
    server.closeAllConnections();
    server.close();
    fake.remove();
  });

  // In the project, as for a learner: the copy finds tfjs-node's dependencies in the folders above it.
  const inProject = async (work: (folder: string) => Promise<void>) => {
    const folder = fs.mkdtempSync(path.join(ROOT, '.native.test-'));
    try {
      await work(folder);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  };
  const download = (folder: string, connectMs = 30_000) =>
    ownDownload({ tfjsNode, folder, signal: new AbortController().signal, connectMs });

  it('puts the library and the addon where the loader looks, and leaves nothing else', async () => {
    await inProject(async (folder) => {
      const archive = await archives(fake);
      answer = ({ url = '' }, response) => {
        response.end(fs.readFileSync(url.includes('libtensorflow') ? archive.library : archive.addon));
      };
      await download(folder);
      const files = fs.readdirSync(folder, { recursive: true }).map(String).sort();
      assert.deepEqual(files, [
        'deps',
        'deps/lib',
        'deps/lib/libtensorflow.so',
        'lib',
        'lib/napi-v8',
        'lib/napi-v8/tfjs_binding.node',
      ]);
      const methods = asked.map((line) => line.split(' ')[0]);
      assert.deepEqual(methods, ['HEAD', 'HEAD', 'GET', 'GET']);
    });
    assert.equal(fs.existsSync(path.join(tfjsNode, 'deps')), false);
  });

  it('fails at once when the server refuses, before anything is fetched', async () => {
    answer = (_, response) => {
      response.writeHead(403).end('<xml>');
    };
    await inProject(async (folder) => {
      await assert.rejects(download(folder), { message: /^127\.0\.0\.1:\d+: it answers 403$/ });
    });
    assert.ok(asked.every((line) => line.startsWith('HEAD ')));
  });

  it('waits no longer than it says for a server that is silent, or stops in the middle', async () => {
    answer = () => {};
    await inProject(async (folder) => {
      await assert.rejects(download(folder, 500), { message: /: no answer in 0\.5 seconds$/ });
    });
    answer = ({ method }, response) => {
      if (method === 'HEAD') response.end();
      else response.write('half');
    };
    await inProject(async (folder) => {
      await assert.rejects(download(folder, 500), { message: 'nothing arrived for 0.5 seconds' });
    });
  });

  it('gives way to the wheel when it fails', async () => {
    answer = (_, response) => {
      response.writeHead(403).end();
    };
    const faultOf = async (addon?: string) => (addon ? undefined : 'absent');
    const plan = { ...fake.plan, own: true };
    const options = { target: fake.target, plan, tools: fake.tools, faultOf };
    // The copy is made outside the project here and so lacks its dependencies: a failure, too.
    assert.equal(await installNative(new AbortController().signal, options), 'installed');
    assert.ok(fake.files().includes('.native/lib/napi-v8/tfjs_binding.node'));
    assert.deepEqual(fs.readdirSync(fake.project), ['.native']);
  });
});

/** The two archives as the real servers have them, with a few bytes in each. */
async function archives(fake: FakeNative): Promise<{ library: string; addon: string }> {
  const tar = require(require.resolve('tar', { paths: [tfjsNode] }));
  for (const folder of ['lib', 'napi-v8']) fs.mkdirSync(path.join(fake.folder, folder));
  fake.file('lib/libtensorflow.so', 'library');
  fake.file('napi-v8/tfjs_binding.node', 'addon');
  const [library, addon] = ['library.tar.gz', 'addon.tar.gz'].map((name) => path.join(fake.folder, name));
  await tar.create({ gzip: true, cwd: fake.folder, file: library }, ['lib']);
  await tar.create({ gzip: true, cwd: fake.folder, file: addon }, ['napi-v8']);
  return { library, addon };
}
