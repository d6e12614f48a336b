'use strict';
const { spawn } = require('node:child_process');
const { ROOT } = require('./paths');

const PROBE_MS = 60_000;

/** A failure that the user can mend: printed as it is, without a stack. */
class SetupError extends Error {}

/**
 * Runs a command and listens.
 * @param {string[]} argv
 * @param {number} milliseconds after which it is killed; 0 for never.
 * @returns {Promise<{ok: boolean, stdout: string, stderr: string}>} never rejects; a missing command is not ok.
 */
function probe(argv, options = {}, milliseconds = PROBE_MS) {
  return new Promise((resolve) => {
    const child = spawn(argv[0], argv.slice(1), {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        text[name] += chunk;
      });
    }
    // spawn's own timeout keeps Node alive until it is over when the command does not exist.
    const timer = milliseconds && setTimeout(() => child.kill('SIGKILL'), milliseconds).unref();
    child.on('error', (error) => resolve({ ok: false, ...text, stderr: error.message }));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, ...text });
    });
  });
}

/**
 * Runs a command that talks to the user.
 * @returns {Promise<number>} its exit code; 1 when it could not start or was killed.
 */
function show(argv, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(argv[0], argv.slice(1), { cwd: ROOT, stdio: 'inherit', ...options });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a script's main function: its number becomes the exit code, a SetupError one readable message. */
function runMain(main) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error instanceof SetupError ? `\n${error.message}` : error);
      process.exitCode = 1;
    },
  );
}

module.exports = { SetupError, probe, show, runMain };
