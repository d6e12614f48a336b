'use strict';
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { ROOT } = require('../setup/paths');
const { SetupError, probe } = require('../setup/run');
const { megabytes, withMegabytes } = require('./progress');
const { sizeOf } = require('./sizeOf');

const CONNECT_MS = 30_000;
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * Lets tfjs-node install itself as it would without this project, but in a copy: node_modules stays as it is.
 * @param {{tfjsNode: string, folder: string, signal: AbortSignal, connectMs?: number}} settings `folder` gets lib/
 *   and deps/lib/.
 * @throws SetupError with why it cannot.
 */
async function ownDownload({ tfjsNode, folder, signal, connectMs = CONNECT_MS }) {
  const copy = path.join(folder, 'tfjs-node');
  // Its own dependencies, where npm put any there, come along.
  fs.cpSync(tfjsNode, copy, { recursive: true });
  const proxy = PROXIES.map((name) => process.env[name]).find(Boolean);
  const addresses = await addressesOf(copy, signal);
  const agent = proxy && new (createRequire(copy)('https-proxy-agent'))(proxy);
  const size = (address) => sizeOf(address, { agent, milliseconds: connectMs, signal });
  const sizes = await Promise.all(addresses.map(size)).catch((error) => {
    signal.throwIfAborted();
    throw new SetupError(`${new URL(addresses[0]).host}: ${error.message}`);
  });
  console.log(`It answers: ${Math.round((sizes[0] + sizes[1]) / 1e6)} MB to fetch.`);
  await withMegabytes(copy, () => install({ copy, proxy, signal, connectMs }));
  fs.renameSync(path.join(copy, 'lib'), path.join(folder, 'lib'));
  fs.mkdirSync(path.join(folder, 'deps'));
  fs.renameSync(path.join(copy, 'deps', 'lib'), path.join(folder, 'deps', 'lib'));
  fs.rmSync(copy, { recursive: true });
}

/** @returns {Promise<string[]>} of the library and of the addon. */
async function addressesOf(copy, signal) {
  const argv = [process.execPath, path.join(__dirname, 'ownAddresses.js'), copy];
  const { ok, stdout, stderr } = await probe(argv, { signal });
  signal.throwIfAborted();
  if (!ok || !stdout) throw new SetupError(`tfjs-node's own script failed: ${errorIn(stderr)}`);
  return JSON.parse(stdout);
}

/** Runs tfjs-node's install script, and ends it when nothing arrives any more. */
async function install({ copy, proxy, signal, connectMs }) {
  const env = {
    ...process.env,
    PATH: `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
    // The script asks for a fallback that fetches Node's headers from yet another host; this is how to decline.
    npm_config_argv: JSON.stringify({ cooked: ['--fallback-to-build', 'false'] }),
    // Its two halves look for the proxy under different names.
    ...(proxy && { HTTPS_PROXY: proxy, http_proxy: proxy }),
  };
  const stalled = new AbortController();
  let [size, since] = [-1, Date.now()];
  const watch = setInterval(() => {
    const now = megabytes(copy);
    if (now !== size) [size, since] = [now, Date.now()];
    else if (Date.now() - since > connectMs) stalled.abort();
  }, 1000);
  const stop = AbortSignal.any([signal, stalled.signal]);
  const argv = [process.execPath, path.join('scripts', 'install.js')];
  const { ok, stdout, stderr } = await probe(argv, { cwd: copy, env, signal: stop }, 0);
  clearInterval(watch);
  signal.throwIfAborted();
  if (stalled.signal.aborted) throw new SetupError(`nothing arrived for ${connectMs / 1000} seconds`);
  if (!ok) throw new SetupError(`its script failed: ${errorIn(`${stdout}\n${stderr}`)}`);
}

/** The line that names the error, in a stack or what node-pre-gyp logs. */
function errorIn(text) {
  const lines = text.trim().split('\n');
  return (lines.find((line) => /Error: |ERR! .*rror |with error/.test(line)) ?? lines.at(-1)).trim();
}

module.exports = { ownDownload };
