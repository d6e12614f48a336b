'use strict';
/**
 * npm run test:nodes [-- VERSIONS]: the core tests and two lessons on other versions of Node, on wasm and native.
 * npm's packages node-PLATFORM-ARCHITECTURE carry the binaries, about 40 MB each; they are kept in .jupyter/nodes.
 */
require('./setup/checkNode');
const fs = require('node:fs');
const path = require('node:path');
const { writeJupyterFiles } = require('./setup/environment');
const { npmCommand } = require('./setup/packages');
const { LOCAL } = require('./setup/paths');
const { SetupError, runMain, show } = require('./setup/run');

const VERSIONS = ['20', '22', '24', '26'];
const NODES = path.join(LOCAL, 'nodes');

async function main() {
  const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
  const wrong = versions.find((version) => !/^\d+(\.\d+){0,2}$/.test(version));
  if (wrong) {
    console.error(`"${wrong}" is no version of Node. Allowed: for example ${VERSIONS.join(' ')}`);
    return 2;
  }
  const failed = [];
  try {
    for (const version of versions) {
      const node = await fetchNode(version);
      const tests = [path.join(__dirname, 'test-engines.js'), '--core', 'wasm', 'native'];
      const PATH = `${path.dirname(node)}${path.delimiter}${process.env.PATH}`;
      if ((await show([node, ...tests], { env: { ...process.env, PATH } })) !== 0) failed.push(version);
    }
  } finally {
    writeJupyterFiles(); // each run registered the kernel with its own Node
  }
  console.log(
    failed.length > 0 ? `\nFailed on Node ${failed.join(', ')}` : `\nPassed on Node ${versions.join(', ')}`,
  );
  return failed.length > 0 ? 1 : 0;
}

/** @returns the path of that Node, installed where it is missing. */
async function fetchNode(version) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = path.join(NODES, version);
  const node = path.join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (fs.existsSync(node)) return node;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  const { argv, shell } = npmCommand();
  const install = ['install', '--no-save', '--ignore-scripts', '--loglevel=error', `${name}@${version}`];
  if ((await show([...argv, ...install], { cwd: folder, shell })) !== 0 || !fs.existsSync(node)) {
    throw new SetupError(`npm could not install ${name}@${version}; its own message stands above.`);
  }
  return node;
}

runMain(main);
