'use strict';
const path = require('node:path');
const { performance } = require('node:perf_hooks');
const { ROOT } = require('../setup/paths');
const { show } = require('../setup/run');

const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts);

/** Node itself runs each, not node_modules/.bin, whose files are shell scripts on Windows. */
const CHECKS = [
  {
    name: 'Format and lint',
    mend: 'npm run format',
    argv: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'],
  },
  { name: 'Types, strict', argv: [bin('typescript', 'bin', 'tsc'), '-p', '.'] },
  // The compiler that tslab carries, 5.0.4.
  {
    name: "Types, strict, by tslab's compiler",
    argv: [bin('@tslab', 'typescript-for-tslab', 'bin', 'tsc'), '-p', '.'],
  },
  { name: 'Types in a cell, by tslab', argv: [path.join(__dirname, 'tslabTypes.js')] },
];

/** Runs all checks, also after one has failed. @returns {Promise<{name, passed, failed, seconds}[]>} */
async function runChecks() {
  const results = [];
  for (const { name, argv, mend } of CHECKS) {
    console.log(`\n--- ${name}`);
    const start = performance.now();
    const code = await show([process.execPath, ...argv]);
    if (code === 0) console.log('ok');
    else if (mend) console.log(`What can be mended without thought: ${mend}`);
    results.push({
      name,
      passed: code === 0 ? 1 : 0,
      failed: code === 0 ? 0 : 1,
      seconds: (performance.now() - start) / 1000,
    });
  }
  return results;
}

module.exports = { runChecks };
