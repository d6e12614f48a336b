'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { committedLessons } = require('./committedLessons');
const { LOCAL, NOTEBOOKS, ROOT } = require('./paths');
const { probe } = require('./run');

/** Of this project alone: what a user trusts elsewhere stays in their own Jupyter. */
const SIGNATURES = {
  db_file: path.join(LOCAL, 'nbsignatures.db'),
  secret_file: path.join(LOCAL, 'notebook_secret'),
};

/** Where Jupyter keeps its signatures: for the server, and for the command that signs. */
function notaryArguments() {
  return Object.entries(SIGNATURES).map(([name, file]) => `--NotebookNotary.${name}=${file}`);
}

/** Which versions of the lessons have been signed: signing takes Python a second. */
const SIGNED = path.join(LOCAL, 'signed-lessons');

/**
 * Tells Jupyter that the lessons may run their scripts, as far as they are what was committed: then 3D plots can be
 * turned before any cell is run. A notebook that was changed, or came from elsewhere, is for its reader to trust.
 * @param {{trust: string[]}} jupyter see findJupyter.
 * @returns {Promise<string[]>} the lessons that are trusted now; none where git is missing or Jupyter cannot sign.
 */
async function trustLessons(jupyter) {
  const lessons = await committedLessons(ROOT);
  const names = lessons.map(({ name }) => path.join(NOTEBOOKS, name));
  const versions = lessons.map(({ name, version }) => `${version} ${name}\n`).join('');
  if (lessons.length === 0 || versions === signedVersions()) return names;
  const { ok } = await probe([...jupyter.trust, ...notaryArguments(), ...names]);
  if (ok) fs.writeFileSync(SIGNED, versions);
  return ok ? names : [];
}

function signedVersions() {
  const isThere = [SIGNED, ...Object.values(SIGNATURES)].every((file) => fs.existsSync(file));
  return isThere ? fs.readFileSync(SIGNED, 'utf8') : undefined;
}

module.exports = { notaryArguments, trustLessons };
