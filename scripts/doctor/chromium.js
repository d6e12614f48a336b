'use strict';
const fs = require('node:fs');
const path = require('node:path');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'chrome.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS',
  'C:\\Program Files\\Google\\Chrome\\Application',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application',
];

/** @returns the path of a Chromium or Chrome, undefined where none is found; the variable CHROMIUM may name one. */
function findChromium() {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...PLACES];
  const names = process.platform === 'darwin' ? [...NAMES, 'Google Chrome'] : NAMES;
  const found = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const candidates = process.env.CHROMIUM ? [process.env.CHROMIUM, ...found] : found;
  return candidates.find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** @returns why the tests that look at pages are left out, undefined where they run: always in CI, if only to fail. */
function noBrowser() {
  if (findChromium() || process.env.CI) return undefined;
  return 'no Chromium or Chrome found: install one (Debian: apt install chromium), or name one in the variable CHROMIUM';
}

module.exports = { findChromium, noBrowser };
