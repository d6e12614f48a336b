'use strict';
/**
 * npm run test:notebooks [-- [--tweaks] PARTS OF NAMES]: runs the lessons and checks their rules; with --tweaks at
 * more percents.
 */
require('./setup/checkNode');
const { runMain } = require('./setup/run');
const { setUp } = require('./setup/setUp');
const { findTests, runTests } = require('./testing/runTests');

const TWEAKS = '0,0.1,0.37,0.5,0.9,0.99';

async function main() {
  const args = process.argv.slice(2);
  const lessons = args.filter((arg) => !arg.startsWith('--')).join(',');
  const env = {
    ...process.env,
    LESSONS: lessons,
    ...(args.includes('--tweaks') && { LESSON_PERCENTS: TWEAKS }),
  };
  await setUp();
  return (await runTests(findTests('notebooks'), { name: 'Notebooks', env })).failed === 0 ? 0 : 1;
}

runMain(main);
