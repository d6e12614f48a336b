'use strict';
/** Prints, as JSON, which engine the lessons get and why. A process of its own: an engine that crashes says so, too. */
const { setTimeout: sleep } = require('node:timers/promises');
require('ts-node/register/transpile-only');
const { backendLine, useBackend } = require('../../src/backend/useBackend');

useBackend().then(async (choice) => {
  console.log(JSON.stringify({ ...choice, line: backendLine(choice) }));
  await sleep(0);
  process.exit(0);
});
