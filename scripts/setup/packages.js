'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./paths');
const { SetupError, show } = require('./run');

/**
 * Compares what is installed with the lock file, package by package: file times change with every checkout.
 * npm writes node_modules/.package-lock.json last, so an interrupted install counts as absent.
 *
 * @returns {'absent' | 'outdated' | 'current'}
 */
function packagesState(root = ROOT) {
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'absent';
  const wanted = Object.entries(readPackages(path.join(root, 'package-lock.json')) ?? {});
  // '' is the project itself. Optional packages may be missing: they are for other systems, or failed to build.
  const differs = ([name, { version, optional }]) =>
    name !== '' && installed[name]?.version !== version && !(optional && installed[name] === undefined);
  return wanted.some(differs) ? 'outdated' : 'current';
}

/** Installs the npm packages where they are absent or not those of the lock file. */
async function ensurePackages() {
  const state = packagesState();
  if (state === 'current') return;
  console.log(`npm packages are ${state}: npm ci (about a minute, 200 MB from the npm registry).`);
  const { argv, shell } = npmCommand();
  // NODE_ENV=production would leave out the packages that check and test.
  const code = await show([...argv, 'ci', '--include=dev', '--loglevel=error'], { shell });
  if (code !== 0) {
    throw new SetupError(
      [
        `"npm ci" failed (exit code ${code}); its own message stands above.`,
        'Without a way to the registry: npm config set proxy URL, or npm config set registry URL of a mirror.',
        'Then run the same command again.',
      ].join('\n'),
    );
  }
}

/** The npm that started us, where one did; on Windows `npm` is a batch file, which only a shell can start. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js') {
    return { argv: [process.execPath, running], shell: false };
  }
  return { argv: ['npm'], shell: process.platform === 'win32' };
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

module.exports = { ensurePackages, npmCommand, packagesState };
