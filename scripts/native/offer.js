'use strict';
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const { LOCAL, NATIVE, ROOT } = require('../setup/paths');
const { SetupError } = require('../setup/run');
const { nativeEngine } = require('./nativeEngine');
const { planFor } = require('./plan');
const { findTools } = require('./tools');

/** Remembers that the question was answered, and how. */
const ANSWER = path.join(LOCAL, 'native-answer');
/** Where an addon may be already; whether it works is the doctor's business. */
const ADDONS = [NATIVE, path.join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node', 'lib')];

/**
 * Asks once whether to install the native engine, where that makes sense, and does it.
 * @returns {Promise<boolean>} false when Ctrl-C asks for the end. A failure is one line, and no reason to stop.
 */
async function offerNative() {
  const { wheel } = planFor() ?? {};
  const situation = {
    terminal: process.stdin.isTTY && process.stdout.isTTY,
    ci: process.env.CI,
    answered: fs.existsSync(ANSWER),
    installed: ADDONS.some((folder) => fs.existsSync(folder)),
    wheel,
  };
  // The tools last: looking for them starts processes.
  if (!shouldAsk(situation) || (await findTools()).missing.length > 0) return true;
  console.log('TensorFlow in C++ would compute several times faster here than WebAssembly does.');
  const answer = await ask(
    `Install it (${wheel.fetch} MB to fetch, ${wheel.disk} MB on disk, about a minute)? [y/N] `,
  );
  if (answer === undefined) return false;
  const yes = /^y(es)?$/i.test(answer.trim());
  fs.writeFileSync(ANSWER, yes ? 'yes\n' : 'no\n');
  if (yes) return (await installed()) !== 130;
  console.log('Then WebAssembly computes. The command for later: npm run native');
  return true;
}

/** Only on a terminal with somebody there, once, and where the answer can be yes. */
function shouldAsk({ terminal, ci, answered, installed, wheel }) {
  return Boolean(terminal && !ci && !answered && !installed && wheel);
}

/** @returns {Promise<string | undefined>} a line; '' when the input ends, undefined for Ctrl-C. */
function ask(question) {
  const terminal = readline.createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: question,
  });
  return new Promise((resolve) => {
    const finish = (answer, lineBreak = '') => {
      terminal.removeAllListeners('close');
      terminal.close();
      process.stdout.write(lineBreak);
      resolve(answer);
    };
    terminal.once('line', (line) => finish(line));
    terminal.once('SIGINT', () => finish(undefined, '\n'));
    terminal.once('close', () => finish('', '\n'));
    terminal.prompt();
  });
}

/** @returns {Promise<number>} like nativeEngine, but it never throws: lessons run without. */
async function installed() {
  try {
    return await nativeEngine();
  } catch (error) {
    console.log(error instanceof SetupError ? error.message : error);
    return 1;
  }
}

module.exports = { offerNative, shouldAsk };
