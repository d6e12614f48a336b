'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');
const { SetupError, probe, show } = require('../setup/run');
const { withMegabytes } = require('./progress');

/**
 * Fetches the wheel with pip, which knows the user's proxy, mirror and certificates.
 * @param {{pip: string[], wheel: object, folder: string, signal: AbortSignal}} settings `folder` has to be empty.
 * @returns {Promise<string>} the file.
 * @throws SetupError when pip fails, or when the file is not the one that was asked for.
 */
async function fetchWheel({ pip, wheel, folder, signal }) {
  // Any interpreter's wheel will do; --python-version makes pip take one on whatever Python it runs.
  const which = ['--no-deps', '--only-binary=:all:', '--python-version', '310', '--platform', wheel.platform];
  const how = ['--disable-pip-version-check', '--no-input', '--dest', folder];
  const argv = [...pip, 'download', ...how, ...which, `${wheel.name}==${wheel.version}`];
  // pip writes into its temporary folder first: what an interruption leaves there has to go with the rest.
  const env = { ...process.env, TMPDIR: folder, PIP_REQUIRE_VIRTUALENV: '0' };
  const message = await withMegabytes(folder, () => runPip(argv, { env, signal }));
  signal.throwIfAborted();
  if (message !== undefined)
    throw new SetupError(`pip could not fetch ${wheel.name} ${wheel.version}${message}`);
  const file = path.join(folder, fs.readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '');
  const hash = crypto.createHash('sha256');
  await pipeline(fs.createReadStream(file), hash, { signal });
  const sha256 = hash.digest('hex');
  if (sha256 !== wheel.sha256) {
    const fault = `its sha256 is ${sha256} instead of ${wheel.sha256}`;
    throw new SetupError(`The fetched ${path.basename(file)} is not the published one: ${fault}.`);
  }
  return file;
}

/** pip's own bar on a terminal, else silence. @returns {Promise<string | undefined>} what failed, if it did. */
async function runPip(argv, options) {
  if (process.stdout.isTTY) {
    return (await show(argv, options)) === 0 ? undefined : '; its own message stands above.';
  }
  const { ok, stderr } = await probe([...argv, '--quiet'], options, 0);
  const errors = stderr.split('\n').filter((line) => line.startsWith('ERROR'));
  return ok ? undefined : `: ${errors.at(-1) ?? stderr.trim().split('\n').at(-1)}`;
}

module.exports = { fetchWheel };
