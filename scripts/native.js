'use strict';
/** npm run native [-- --remove]: installs the native engine, TensorFlow in C++, into .native, or removes it. */
require('./setup/checkNode');
const fs = require('node:fs');
const { installNative } = require('./native/installNative');
const { withLock } = require('./setup/lock');
const { ensurePackages } = require('./setup/packages');
const { NATIVE } = require('./setup/paths');
const { runMain } = require('./setup/run');

async function main() {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--remove');
  if (unknown) {
    console.error(`Unknown argument "${unknown}". Allowed: --remove`);
    return 2;
  }
  if (args.length > 0) {
    const there = fs.existsSync(NATIVE);
    fs.rmSync(NATIVE, { recursive: true, force: true });
    console.log(
      there ? 'The native engine is removed; wasm computes.' : 'It is not installed; nothing to do.',
    );
    return 0;
  }
  await withLock(async () => {
    await ensurePackages();
    await installNative();
  });
  return 0;
}

runMain(main);
