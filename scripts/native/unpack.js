'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');

/** TensorFlow's C library, and on Linux arm64 the one that it needs besides. */
const LIBRARY = /^(tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)|tensorflow\.libs\/[^/]+)$/;
/** All that the C interface includes, of 3,000 headers. */
const HEADER =
  /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/c\/|tsl\/platform\/ctstring).*\.h$/;

/**
 * Unpacks of a wheel what an addon needs.
 * @param {{file: string, libraries: string, headers: string, signal: AbortSignal}} settings two folders to write to.
 */
async function unpack({ file, libraries, headers, signal }) {
  // A package: `npm start` loads this file before there are any.
  const yauzl = require('yauzl');
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const target = targetOf(entry.fileName, { libraries, headers });
    if (!target) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), fs.createWriteStream(target), { signal });
  }
}

/** @returns where a file of the wheel goes, undefined where it is not needed. */
function targetOf(name, { libraries, headers }) {
  if (LIBRARY.test(name)) return path.join(libraries, path.posix.basename(name));
  return HEADER.test(name) ? path.join(headers, name.slice('tensorflow/include/'.length)) : undefined;
}

module.exports = { targetOf, unpack };
