'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { SetupError, show } = require('../setup/run');
const { fetchWheel } = require('./fetchWheel');
const { findCompiler, findPip } = require('./findTools');
const { timed } = require('./timed');
const { unpack } = require('./unpack');

/** What the addon includes, and what that includes. */
const HEADERS =
  /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|tsl\/c|tsl\/platform)\/.*\.h$/;
const LIBRARY = /^tensorflow\/(libtensorflow_[^/]+)$/;

/**
 * Fetches TensorFlow from Python's package index and compiles tfjs-node's addon, from the source in the npm
 * package, against it.
 *
 * @param {string} folder for what is needed meanwhile.
 * @param {string} out gets lib/napi-v8/tfjs_binding.node and deps/lib.
 */
async function buildFromWheel(wheel, folder, out) {
  const pip = await findPip();
  if (!pip)
    throw new SetupError('No Python here has pip (on Debian or Ubuntu: sudo apt install python3-pip).');
  const compiler = await findCompiler();
  if (!compiler) {
    throw new SetupError(
      'There is no C++ compiler (on Debian or Ubuntu: sudo apt install g++; on macOS: xcode-select --install).',
    );
  }
  console.log(`Fetching ${wheel.requirement} (${wheel.megabytes} MB) with pip`);
  const file = await fetchWheel(pip, wheel, folder);
  const lib = path.join(out, 'deps', 'lib');
  await timed('Unpacking', () =>
    unpack(file, (name) => {
      const [, library] = LIBRARY.exec(name) ?? [];
      if (wheel.libraries.includes(library)) return path.join(lib, library);
      return HEADERS.test(name) ? path.join(folder, name) : undefined;
    }),
  );
  const missing = wheel.libraries.find((library) => !fs.existsSync(path.join(lib, library)));
  if (missing) throw new SetupError(`The wheel does not hold ${missing}.`);
  fs.rmSync(file);
  const addon = path.join(out, 'lib', 'napi-v8', 'tfjs_binding.node');
  fs.mkdirSync(path.dirname(addon), { recursive: true });
  const code = await timed(`Compiling with ${compiler.join(' ')}`, () =>
    show([...compiler, ...compilerArguments(wheel, folder, lib, addon)]),
  );
  if (code !== 0) throw new SetupError('The addon did not compile; the compiler says above why.');
}

function compilerArguments({ libraries, linkerFlags }, folder, lib, addon) {
  const source = path.join(path.dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'binding');
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
    ...[`-I${require('node-api-headers').include_dir}`, `-I${path.join(folder, 'tensorflow', 'include')}`],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => path.join(source, name)),
    ...['-o', addon],
    ...libraries.map((name) => path.join(lib, name)),
    ...linkerFlags,
  ];
}

module.exports = { buildFromWheel };
