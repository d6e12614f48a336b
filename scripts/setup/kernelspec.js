'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./paths');

/** The name under which any tslab registers, so that the notebooks open on an ordinary tslab as well. */
const KERNEL_NAME = 'tslab';
const DISPLAY_NAME = 'TypeScript (channel pruning)';
const LAUNCHER = path.join(ROOT, 'scripts', 'kernel-launcher.js');

/** What Jupyter needs to start the kernel of this project, with the Node that runs now. */
function kernelspec() {
  return {
    argv: [process.execPath, LAUNCHER, '--config-path={connection_file}'],
    display_name: DISPLAY_NAME,
    language: 'typescript',
    interrupt_mode: 'signal',
  };
}

/** @returns the file in which a Jupyter with this data folder keeps the kernelspec. */
function kernelspecFile(dataDir) {
  return path.join(dataDir, 'kernels', KERNEL_NAME, 'kernel.json');
}

/** Writes the kernelspec, always anew: the paths in it go stale when Node or the project moves. */
function writeKernelspec(dataDir) {
  const file = kernelspecFile(dataDir);
  writeJson(file, kernelspec());
  return file;
}

/** @returns the kernelspec in a data folder, undefined where there is none. */
function readKernelspec(dataDir) {
  try {
    return JSON.parse(fs.readFileSync(kernelspecFile(dataDir), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns undefined when the kernel can start from it, else what is wrong. */
function kernelspecFault(spec) {
  const [node, launcher] = spec.argv;
  if (!fs.existsSync(node)) return `it names a Node that is gone: ${node}`;
  return launcher === LAUNCHER ? undefined : `it starts another kernel: ${launcher}`;
}

/** By renaming, because two starts at a time write the same file and Jupyter reads it at any moment. */
function writeJson(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
  fs.renameSync(temporary, file);
}

module.exports = {
  DISPLAY_NAME,
  KERNEL_NAME,
  LAUNCHER,
  kernelspecFault,
  kernelspecFile,
  readKernelspec,
  writeJson,
  writeKernelspec,
};
