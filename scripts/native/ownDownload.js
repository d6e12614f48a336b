'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../setup/paths');
const { probe, show } = require('../setup/run');

const CONNECT_MS = 30_000;

/**
 * Lets tfjs-node fetch its binaries by its own script, in a copy of the package, so that node_modules stays as it is.
 * @param {string} folder for the copy.
 * @param {string} out gets lib/napi-v8 and deps/lib.
 * @returns {Promise<string | undefined>} why it did not work.
 */
async function ownDownload(folder, out) {
  const original = path.dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
  const copy = path.join(folder, 'tfjs-node');
  const unreachable = await faultOfAddress(await addonAddress(original));
  if (unreachable) return unreachable;
  fs.cpSync(original, copy, { recursive: true, filter: (name) => !/[/\\](deps|lib)$/.test(name) });
  const PATH = `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`;
  const script = path.join(copy, 'scripts', 'install.js');
  const code = await show([process.execPath, script], { cwd: copy, env: { ...process.env, PATH } });
  const lib = path.join(copy, 'deps', 'lib');
  if (code !== 0 || !fs.existsSync(lib) || !fs.existsSync(path.join(copy, 'lib'))) return 'its script failed';
  fs.mkdirSync(path.join(out, 'deps'), { recursive: true });
  fs.renameSync(lib, path.join(out, 'deps', 'lib'));
  fs.renameSync(path.join(copy, 'lib'), path.join(out, 'lib'));
  return undefined;
}

/** @returns the address of the compiled addon, as the package itself works it out. */
async function addonAddress(original) {
  const { stdout } = await probe([process.execPath, path.join(original, 'scripts', 'get-addon-name.js')]);
  const manifest = JSON.parse(fs.readFileSync(path.join(original, 'package.json'), 'utf8'));
  const versioning = require(
    require.resolve('@mapbox/node-pre-gyp/lib/util/versioning.js', { paths: [original] }),
  );
  manifest.binary.package_name = stdout.trim();
  return versioning.evaluate(manifest, {}, 8).hosted_tarball;
}

async function faultOfAddress(address) {
  try {
    const { status } = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(CONNECT_MS) });
    return status === 200 ? undefined : `its host answers ${status}`;
  } catch (error) {
    return `its host cannot be reached (${error.cause?.code ?? error.name})`;
  }
}

module.exports = { ownDownload };
