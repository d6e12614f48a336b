'use strict';
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline/promises');
const { LOCAL, NATIVE } = require('../setup/paths');
const { SetupError } = require('../setup/run');
const { findCompiler, findPip } = require('./findTools');
const { installNative } = require('./installNative');
const { wheelFor } = require('./wheels');

const ANSWER = path.join(LOCAL, 'native-answer');

/** Asks once, on a terminal, whether to install the native engine, where it is not there and could be. */
async function offerNative() {
  const wheel = wheelFor();
  if (!mayAsk({ wheel, answered: fs.existsSync(ANSWER), installed: fs.existsSync(NATIVE) })) return;
  if (!(await findPip()) || !(await findCompiler())) return;
  const answer = await ask(
    `Install the native engine, several times faster than wasm? ${wheel.megabytes} MB to fetch, ${wheel.disk} MB on disk, about a minute. [y/N] `,
  );
  fs.writeFileSync(ANSWER, `${answer}\n`);
  if (!/^y(es)?$/i.test(answer)) return console.log('Not now. Later: npm run native');
  try {
    await installNative();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(`${error.message}\nThe course goes on with wasm.`);
  }
}

function mayAsk({ wheel, answered, installed, terminal = isTerminal(), env = process.env }) {
  return wheel !== undefined && !answered && !installed && terminal && !env.CI;
}

function isTerminal() {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

async function ask(question) {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  terminal.on('SIGINT', () => process.exit(130));
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

module.exports = { mayAsk, offerNative };
