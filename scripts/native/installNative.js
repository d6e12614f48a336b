'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { NATIVE } = require('../setup/paths');
const { SetupError, probe } = require('../setup/run');
const { buildFromWheel } = require('./buildFromWheel');
const { ownDownload } = require('./ownDownload');
const { withStaging } = require('./staging');
const { timed } = require('./timed');
const { wheelFor } = require('./wheels');

/**
 * Makes the native engine work: by tfjs-node's own download, else from Python's package index. All is made in a
 * folder of its own, tried there, and only then put in its place.
 *
 * @throws SetupError where it cannot work; what was there before stays.
 */
async function installNative() {
  if (!(await faultOf())) return console.log('The native engine works already; nothing to do.');
  const wheel = wheelFor();
  console.log(
    `The native engine: about ${wheel?.megabytes ?? 200} MB to fetch, ${wheel?.disk ?? 600} MB on disk, about a minute. It needs a C++ compiler and a Python with pip.`,
  );
  await withStaging(async (folder) => {
    const out = path.join(folder, 'out');
    const notOwn = (await ownDownload(folder, out)) ?? (await faultOf(out));
    if (notOwn) {
      console.log(`tfjs-node's own download does not work here: ${notOwn}.`);
      fs.rmSync(out, { recursive: true, force: true });
      await buildFromWheel(requireWheel(), folder, out);
      const fault = await timed('Trying it', () => faultOf(out));
      if (fault) throw new SetupError(`The addon was made, but does not work: ${fault}`);
    }
    fs.rmSync(NATIVE, { recursive: true, force: true });
    fs.renameSync(out, NATIVE);
  });
  console.log('The native engine is installed in .native; npm ci does not touch it.');
  console.log('Restart kernels that are running. To undo: npm run native -- --remove');
}

function requireWheel() {
  const wheel = wheelFor();
  if (wheel) return wheel;
  const here = `${process.platform} ${process.arch}`;
  throw new SetupError(`There is no TensorFlow to build with for ${here}; the course runs on wasm.`);
}

/**
 * @param {string} [folder] with lib and deps; by default what the lessons would load.
 * @returns {Promise<string | undefined>} why the native engine does not compute, one line.
 */
async function faultOf(folder) {
  const addon = folder && path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
  const env = { ...process.env, ...(addon && { PRUNING_NATIVE_ADDON: addon }) };
  const { ok, stderr } = await probe([process.execPath, path.join(__dirname, 'tryAddon.js')], { env });
  if (ok) return undefined;
  return stderr.split('\n').find((line) => line.includes('Error')) ?? 'the process ended without a word';
}

module.exports = { faultOf, installNative };
