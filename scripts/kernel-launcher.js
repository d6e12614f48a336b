'use strict';
/**
 * The kernel of the lessons: tslab's own modules, started in the project's root, with what tslab 1.0.22 lacks.
 * Jupyter starts this file (see setup/kernelspec.js): kernel-launcher.js --config-path=CONNECTION_FILE
 */
const path = require('node:path');

// tslab resolves a cell's imports from the working directory, and Jupyter starts kernels in the notebook's
// folder. Lessons import './src/index', so the project's root it must be. Before tslab loads: it looks once.
const root = path.dirname(__dirname);
process.chdir(root);

const { outliveFileEvents } = require('./kernel/fileEvents');
outliveFileEvents();

const { createConverter } = require('tslab/dist/converter');
const { createExecutor } = require('tslab/dist/executor');
const { CellHandler } = require('./kernel/cellHandler');
const { CellServer } = require('./kernel/cellServer');
const { expandShorthand } = require('./kernel/expandShorthand');
const { Failures } = require('./kernel/failures');
const { reloadEdited } = require('./kernel/reloadEdited');

const CONFIG_FLAG = '--config-path=';
const PARENT_CHECK_MS = 2000;
/** The first cell of every lesson imports it: compiling and loading it takes seconds. */
const PREPARATION = "import './src/index';";

function main() {
  const configPath = process.argv.find((arg) => arg.startsWith(CONFIG_FLAG))?.slice(CONFIG_FLAG.length);
  if (!configPath) {
    console.error(
      'Usage: node kernel-launcher.js --config-path=CONNECTION_FILE (Jupyter starts this for you)',
    );
    process.exit(2);
  }
  const failures = new Failures(root);
  const executor = createExecutor(root, converters(), {
    log: (...args) => console.log(...args),
    error: (...args) => failures.add(args),
  });
  process.on('SIGINT', () => executor.interrupt());
  process.on('uncaughtException', (error) => failures.addStray(error));
  process.on('unhandledRejection', (reason) => failures.addStray(reason));
  endWithParent();
  new CellServer(new CellHandler(executor, failures, PREPARATION), configPath).init();
}

/** What tslab's executor wants: one TypeScript service for Node cells now, one for browser cells when first used. */
function converters() {
  const node = reloadEdited(expandShorthand(createConverter({ isJS: false, isBrowser: false })));
  let browser;
  return {
    node,
    get browser() {
      browser ??= createConverter({ isJS: false, isBrowser: true });
      return browser;
    },
    close() {
      node.close();
      browser?.close();
    },
  };
}

/** A Jupyter that was killed cannot tell its kernels to stop, and each of them holds a whole net in memory. */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(1), PARENT_CHECK_MS).unref();
}

main();
