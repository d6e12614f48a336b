'use strict';
/** npm run kernel:install [-- --remove]: registers the kernel of the lessons for the user, or takes it back. */
require('./setup/checkNode');
const { DISPLAY_NAME } = require('./setup/kernelspec');
const { ensurePackages } = require('./setup/packages');
const { withLock } = require('./setup/lock');
const { runMain } = require('./setup/run');
const { hasUnknownArgument } = require('./setup/unknownArgument');
const { installUserKernel, removeUserKernel, userDataDir } = require('./setup/userKernel');

const REMOVED = {
  removed: 'The kernel is no longer registered.',
  restored: 'The kernel is no longer registered; the tslab that was there before is back.',
  absent: 'No such kernel is registered; nothing to do.',
  foreign: 'The tslab kernel that is registered is not the one of this project; it stays.',
};

async function main() {
  const args = process.argv.slice(2);
  if (hasUnknownArgument(args, ['--remove'])) return 2;
  const dataDir = userDataDir();
  if (args.length > 0) {
    console.log(REMOVED[removeUserKernel(dataDir)]);
    return 0;
  }
  await withLock(ensurePackages);
  const { file, setAside } = installUserKernel(dataDir);
  console.log(`Registered "${DISPLAY_NAME}" in ${file}`);
  if (setAside) console.log('The tslab kernel that was there is set aside; "-- --remove" brings it back.');
  console.log('VS Code and other Jupyters find it now. Run this again when Node or the project has moved.');
  return 0;
}

runMain(main);
