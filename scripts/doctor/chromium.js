'use strict';
const fs = require('node:fs');
const path = require('node:path');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'chrome.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS',
  'C:\\Program Files\\Google\\Chrome\\Application',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application',
];

/** @returns the path of a Chromium or Chrome, undefined where none is found. */
function findChromium() {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...PLACES];
  const names = process.platform === 'darwin' ? [...NAMES, 'Google Chrome'] : NAMES;
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return candidates.find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

module.exports = { findChromium };
