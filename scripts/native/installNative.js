'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { NATIVE, ROOT } = require('../setup/paths');
const { SetupError } = require('../setup/run');
const { faultOfAddon } = require('./faultOfAddon');
const { fromWheel } = require('./fromWheel');
const { ownDownload } = require('./ownDownload');
const { planFor } = require('./plan');
const { timed } = require('./progress');
const { inStagingFolder } = require('./staging');
const { findTools } = require('./tools');

const ADDON = path.join('lib', 'napi-v8', 'tfjs_binding.node');
const TFJS_NODE = path.join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node');

/**
 * Installs the native engine where it does not work yet, in one piece or not at all.
 * @param {AbortSignal} signal
 * @param {object} [options] for the tests: where to, with what, and what counts as working.
 * @returns {Promise<'there' | 'installed'>}
 * @throws SetupError with one line where it cannot.
 */
async function installNative(signal, options = {}) {
  const { target = NATIVE, plan = planFor(), faultOf = faultOfAddon, tfjsNode = TFJS_NODE } = options;
  if (!(await faultOf(undefined, signal))) return 'there';
  if (!plan) throw cannot(`there is none for ${process.platform} ${process.arch}`);
  if (!fs.existsSync(tfjsNode))
    throw cannot('@tensorflow/tfjs-node is not installed (npm ci --include=optional)');
  const tools = options.tools ?? (await findTools());
  announce(plan, tools);
  const ways = [
    plan.own && { name: "tfjs-node's own download", run: ownDownload },
    plan.wheel && { name: 'The wheel', run: fromWheel },
  ].filter(Boolean);
  const failures = [];
  for (const { name, run } of ways) {
    const failure = await inStagingFolder(target, async (folder) => {
      try {
        await run({ ...plan, tools, tfjsNode, folder, signal });
        const fault = await timed('Checking', () => faultOf(path.join(folder, ADDON), signal));
        if (fault) return fault;
      } catch (error) {
        signal.throwIfAborted();
        // A full disk is no reason for a stack either.
        if (!(error instanceof SetupError) && error.errno === undefined) throw error;
        return error.message;
      }
      fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(folder, target);
      return undefined;
    });
    if (!failure) return 'installed';
    failures.push(`${name}: ${failure}`);
    if (failures.length < ways.length) console.log(failures.at(-1));
  }
  throw cannot(failures.at(-1));
}

/** What will happen, before it does. */
function announce({ own, wheel }, { pip, compiler, missing }) {
  console.log('The native engine (TensorFlow in C++) goes into .native; nothing else changes.');
  if (own) console.log("First tfjs-node's own download; it gets 30 seconds to answer.");
  if (!wheel) return;
  const { name, version, fetch, disk } = wheel;
  console.log(
    `${own ? 'Where that does not work: ' : ''}${name} ${version} from the Python package index, ${fetch} MB to fetch, ` +
      `${disk} MB on disk (${fetch + disk} MB meanwhile), about a minute; needs pip and a C++ compiler ` +
      `(${missing.length > 0 ? `missing: ${missing.join(', ')}` : `here: ${pip.join(' ')}, ${compiler.join(' ')}`}).`,
  );
}

function cannot(reason) {
  return new SetupError(`No native engine here, the course goes on with wasm. ${reason}`);
}

module.exports = { installNative };
