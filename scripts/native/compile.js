'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { SetupError, probe } = require('../setup/run');

/** The newest N-API that tfjs-node asks for; every Node from 20 on has it, so one addon serves them all. */
const NAPI = 8;

/**
 * Compiles the addon from the source that the npm package carries.
 * @param {{compiler: string[], tfjsNode: string, headers: string, folder: string, signal: AbortSignal}} settings
 *   `folder` has the libraries in deps/lib and gets the addon in lib/napi-v8.
 */
async function compile({ compiler, tfjsNode, headers, folder, signal }) {
  const addon = path.join(folder, 'lib', `napi-v${NAPI}`, 'tfjs_binding.node');
  fs.mkdirSync(path.dirname(addon), { recursive: true });
  const argv = [...compiler, ...compilerArguments({ tfjsNode, headers, folder, addon })];
  // Its temporary files, too, go when it is killed.
  const env = { ...process.env, TMPDIR: folder };
  const { ok, stderr } = await probe(argv, { env, signal }, 0);
  signal.throwIfAborted();
  if (!ok) {
    const error = stderr.split('\n').find((line) => /\berror\b/i.test(line)) ?? stderr.split('\n')[0];
    throw new SetupError(`The C++ compiler (${compiler.join(' ')}) failed: ${error}`);
  }
}

function compilerArguments({ tfjsNode, headers, folder, addon }, platform = process.platform) {
  const isMac = platform === 'darwin';
  const libraries = path.join(folder, 'deps', 'lib');
  // A package: `npm start` loads this file before there are any.
  const { include_dir: nodeHeaders } = require('node-api-headers');
  return [
    ...['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${NAPI}`, `-I${nodeHeaders}`, `-I${headers}`],
    // Node itself has N-API's functions.
    ...(isMac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => path.join(tfjsNode, 'binding', name)),
    ...['cc', 'framework'].map((part) =>
      path.join(libraries, `libtensorflow_${part}.${isMac ? '2.dylib' : 'so.2'}`),
    ),
    `-Wl,-rpath,${isMac ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
    ...['-o', addon],
  ];
}

module.exports = { compile, compilerArguments };
