'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { SetupError, show } = require('../setup/run');

/**
 * Downloads a wheel by pip, which follows the user's proxy and mirror, and which refuses a file of another hash.
 * @returns {Promise<string>} its path in `folder`.
 */
async function fetchWheel(pip, { requirement, platform, sha256 }, folder) {
  const requirements = path.join(folder, 'requirements.txt');
  fs.writeFileSync(requirements, `${requirement} --hash=sha256:${sha256}\n`);
  const argv = ['-m', 'pip', 'download', '--no-deps', '--require-hashes', '--only-binary=:all:'];
  // Any interpreter's wheel will do; a named version makes pip take it on any Python.
  argv.push('--python-version', '310', '--platform', platform, '--disable-pip-version-check', '--no-input');
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary);
  const env = { ...process.env, TMPDIR: temporary };
  if ((await show([...pip, ...argv, '-d', folder, '-r', requirements], { env })) !== 0) {
    throw new SetupError('pip could not fetch TensorFlow; its own message stands above.');
  }
  const wheel = fs.readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new SetupError('pip said that it fetched TensorFlow, but there is no wheel.');
  return path.join(folder, wheel);
}

module.exports = { fetchWheel };
