'use strict';
const path = require('node:path');
const { probe } = require('./run');

/**
 * @param {string} root a project's folder.
 * @returns {Promise<{name: string, version: string}[]>} the notebooks in its notebooks/ that are what was committed,
 *   by file name and content; none where there is no git, or no repository of the project's own.
 */
async function committedLessons(root) {
  const [committed, changed] = await Promise.all([
    git(root, 'ls-tree', '-z', 'HEAD', 'notebooks/'),
    git(root, 'diff', '-z', '--name-only', 'HEAD', '--', 'notebooks'),
  ]);
  if (!committed || !changed) return [];
  return committed
    .map((line) => /^\d+ blob (?<version>\w+)\tnotebooks\/(?<name>.*\.ipynb)$/.exec(line)?.groups)
    .filter((lesson) => lesson && !changed.includes(`notebooks/${lesson.name}`));
}

/** @returns {Promise<string[] | undefined>} the entries that it prints; undefined where git fails. */
async function git(root, ...args) {
  // This folder's own repository: one around it, for example of somebody's home, did not commit our lessons.
  const own = [`--git-dir=${path.join(root, '.git')}`, `--work-tree=${root}`];
  const { ok, stdout } = await probe(['git', ...own, ...args], { cwd: root });
  return ok ? stdout.split('\0').filter(Boolean) : undefined;
}

module.exports = { committedLessons };
