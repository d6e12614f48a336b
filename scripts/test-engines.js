'use strict';
/**
 * npm run test:engines [-- [--core] ENGINES]: the whole test suite and every lesson on each engine, by default
 * wasm and native; with --core the tests of pruning, nets and backend and two lessons. An engine that is not
 * installed fails.
 */
require('./setup/checkNode');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');
const { hasUnknownArgument } = require('./setup/unknownArgument');
const { findTests, runTests } = require('./testing/runTests');
const { printSummary } = require('./testing/summary');

const ENGINES = ['wasm', 'native', 'cpu'];
const BY_DEFAULT = ['wasm', 'native'];
const CORE = ['pruning', 'nets', 'backend'].map((folder) => `test/${folder}/`);
const CORE_LESSONS = '00,04';

async function main() {
  const args = process.argv.slice(2);
  if (hasUnknownArgument(args, ['--core', ...ENGINES])) return 2;
  const core = args.includes('--core');
  const engines = args.filter((arg) => arg !== '--core');
  await setUp();
  const results = [];
  for (const engine of engines.length > 0 ? engines : BY_DEFAULT) {
    // A forced engine that cannot start is an error, so that nothing is tested on another one.
    const env = { ...process.env, PRUNING_BACKEND: engine, ...(core && { LESSONS: CORE_LESSONS }) };
    const name = `on ${engine}, Node ${process.versions.node}`;
    console.log(`\n=== Unit tests ${name}`);
    results.push(await runTests(findTests('unit', core ? CORE : []), { name: `Unit tests ${name}`, env }));
    console.log(`\n=== Lessons ${name}`);
    results.push(await runTests(findTests('notebooks', ['run.test']), { name: `Lessons ${name}`, env }));
  }
  return printSummary(results);
}

runMain(main);
