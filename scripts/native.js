'use strict';
/** npm run native [-- --remove]: installs the native engine where its own package cannot, or takes it away. */
require('./setup/checkNode');
const fs = require('node:fs');
const { nativeEngine } = require('./native/nativeEngine');
const { removeStaging } = require('./native/staging');
const { withLock } = require('./setup/lock');
const { ensurePackages } = require('./setup/packages');
const { NATIVE, ROOT } = require('./setup/paths');
const { runMain } = require('./setup/run');
const { hasUnknownArgument } = require('./setup/unknownArgument');

async function main() {
  const args = process.argv.slice(2);
  if (hasUnknownArgument(args, ['--remove'])) return 2;
  if (args.length > 0) return withLock(remove);
  await withLock(ensurePackages);
  return nativeEngine();
}

async function remove() {
  const wasThere = fs.existsSync(NATIVE);
  fs.rmSync(NATIVE, { recursive: true, force: true });
  const rest = removeStaging(ROOT);
  console.log(wasThere || rest ? 'The native engine is gone.' : 'There is no native engine in .native.');
  return 0;
}

runMain(main);
