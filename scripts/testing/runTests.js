'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { ROOT } = require('../setup/paths');
const { show } = require('../setup/run');

/** The folders whose tests start Jupyter; all others are unit tests. */
const FOLDERS = ['notebooks', 'browser'];

/**
 * Finds test files: Node 20's runner takes no patterns.
 * @param {'unit' | 'notebooks' | 'browser'} kind
 * @param {string[]} filters keep files whose path contains one of them; none keeps all.
 */
function findTests(kind, filters = []) {
  return fs
    .readdirSync(path.join(ROOT, 'test'), { recursive: true })
    .map((name) => path.join('test', String(name)))
    .filter((name) => name.endsWith('.test.ts') && kindOf(name) === kind)
    .filter((name) => filters.length === 0 || filters.some((part) => name.includes(path.normalize(part))))
    .sort();
}

/** @param {string} file relative to the project. */
function kindOf(file) {
  return FOLDERS.find((folder) => file.split(path.sep)[1] === folder) ?? 'unit';
}

/**
 * Runs test files with Node's test runner, which prints to this terminal.
 * @param {string[]} files relative to the project; at least one.
 * @param {{name: string, options?: string[], env?: object}} settings `options` go to node.
 * @returns {Promise<{name, passed, failed, seconds}>} `failed` is at least 1 when the runner itself failed.
 */
async function runTests(files, { name, options = [], env = process.env }) {
  // Without files node --test looks for tests by itself, and runs all that it finds.
  if (files.length === 0) throw new Error(`${name}: there is no test file to run.`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tests-'));
  const start = performance.now();
  try {
    const tap = path.join(folder, 'results.tap');
    const reporters = [
      ['spec', 'stdout'],
      // A second report, for the counts.
      ['tap', tap],
    ].flatMap(([kind, to]) => [`--test-reporter=${kind}`, `--test-reporter-destination=${to}`]);
    const argv = [
      ...['-r', 'ts-node/register/transpile-only', '--test'],
      ...[...reporters, ...filesAtOnce(files), ...options, ...files],
    ];
    const code = await show([process.execPath, ...argv], { env });
    const { passed, failed } = countResults(fs.existsSync(tap) ? fs.readFileSync(tap, 'utf8') : '');
    const seconds = (performance.now() - start) / 1000;
    return { name, passed, failed: code === 0 ? failed : Math.max(failed, 1), seconds };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Node runs one file less at once than there are cores, which on two cores is one. The tests that start Jupyter share
 * the cores by themselves.
 */
function filesAtOnce(files) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isKnown = major > 20 || minor >= 10;
  if (!isKnown || files.some((file) => kindOf(file) !== 'unit')) return [];
  return [`--test-concurrency=${Math.max(2, os.availableParallelism() - 1)}`];
}

/** Reads the closing lines of a TAP report: "# pass 12", "# fail 0", "# cancelled 0". */
function countResults(tap) {
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail') + count('cancelled') };
}

module.exports = { findTests, runTests };
