'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { KERNEL_NAME, LAUNCHER, kernelspecFile, readKernelspec, writeKernelspec } = require('./kernelspec');

/** Where another tslab's kernelspec waits: outside `kernels`, or Jupyter would offer it as a kernel of its own. */
const SET_ASIDE = `kernel-${KERNEL_NAME}-set-aside`;

/** @returns the folder in which Jupyter, and VS Code, look for the user's kernels. */
function userDataDir(env = process.env, platform = process.platform, home = os.homedir()) {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'jupyter');
  if (platform === 'darwin') return path.join(home, 'Library', 'Jupyter');
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'jupyter');
}

/**
 * Registers this project's kernel for the user. A tslab that is registered there already is set aside, not lost.
 * @returns {{file: string, setAside: boolean}}
 */
function installUserKernel(dataDir) {
  const folder = path.dirname(kernelspecFile(dataDir));
  const setAside = fs.existsSync(folder) && !isOurs(dataDir);
  if (setAside) {
    fs.rmSync(path.join(dataDir, SET_ASIDE), { recursive: true, force: true });
    fs.renameSync(folder, path.join(dataDir, SET_ASIDE));
  }
  return { file: writeKernelspec(dataDir), setAside };
}

/**
 * Takes it back, and puts the one that was set aside in its old place.
 * @returns {'removed' | 'restored' | 'absent' | 'foreign'} foreign: what is there is not this project's; it stays.
 */
function removeUserKernel(dataDir) {
  const folder = path.dirname(kernelspecFile(dataDir));
  if (!fs.existsSync(folder)) return 'absent';
  if (!isOurs(dataDir)) return 'foreign';
  fs.rmSync(folder, { recursive: true });
  if (!fs.existsSync(path.join(dataDir, SET_ASIDE))) return 'removed';
  fs.renameSync(path.join(dataDir, SET_ASIDE), folder);
  return 'restored';
}

/** Ours also when it was registered from another copy of the project, or before the project moved. */
function isOurs(dataDir) {
  const launcher = readKernelspec(dataDir)?.argv?.[1] ?? '';
  return path.basename(launcher) === path.basename(LAUNCHER);
}

module.exports = { installUserKernel, removeUserKernel, userDataDir };
