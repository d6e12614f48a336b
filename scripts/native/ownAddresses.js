'use strict';
/**
 * ownAddresses.js TFJS-NODE: prints, as JSON, the two addresses from which a copy of tfjs-node would install itself.
 * Its own scripts say them, so that every mirror counts that they know; only their download is taken out.
 */
const { createRequire } = require('node:module');
const path = require('node:path');

// Taken away: install.js has arguments of its own.
const folder = path.resolve(process.argv.splice(2)[0]);
const requireThere = createRequire(path.join(folder, 'package.json'));
// tfjs-node's scripts print on stdout, too.
console.log = console.warn = () => {};

requireThere('./scripts/resources.js').downloadAndUnpackResource = (library) => {
  process.stdout.write(JSON.stringify([library, addonAddress()]));
};
requireThere('./scripts/install.js');

/** As scripts/install.js and the node-pre-gyp that it starts make it out of package.json. */
function addonAddress() {
  const { name, version, main, binary } = requireThere('./package.json');
  const { addonName } = requireThere('./scripts/get-addon-name.js');
  const { evaluate } = requireThere('@mapbox/node-pre-gyp/lib/util/versioning.js');
  const { get_best_napi_build_version: bestNapi } = requireThere('@mapbox/node-pre-gyp/lib/util/napi.js');
  const settings = { name, version, main, binary: { ...binary, package_name: addonName } };
  return evaluate(settings, { module_root: folder }, bestNapi(settings)).hosted_tarball;
}
