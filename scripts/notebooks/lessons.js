'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { NOTEBOOKS } = require('../setup/paths');

/**
 * @param {string[]} filters keep lessons whose file name contains one of them; none keeps all.
 * @returns {string[]} paths of the lessons, in their order.
 */
function findLessons(filters = []) {
  if (!fs.existsSync(NOTEBOOKS)) return [];
  return fs
    .readdirSync(NOTEBOOKS)
    .filter((name) => name.endsWith('.ipynb'))
    .filter((name) => filters.length === 0 || filters.some((part) => name.includes(path.basename(part))))
    .sort()
    .map((name) => path.join(NOTEBOOKS, name));
}

module.exports = { findLessons };
