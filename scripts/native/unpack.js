'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');
const { promisify } = require('node:util');
const yauzl = require('yauzl');

/**
 * Unpacks some files of a zip.
 * @param {(name: string) => string | undefined} targetOf where a file goes; undefined leaves it out.
 * @returns {Promise<number>} how many were unpacked.
 * @throws Error for a damaged zip.
 */
async function unpack(file, targetOf) {
  const zip = await promisify(yauzl.open)(file, { lazyEntries: true, autoClose: false });
  const openStream = promisify(zip.openReadStream.bind(zip));
  let count = 0;
  try {
    await new Promise((resolve, reject) => {
      zip.on('error', reject).on('end', resolve);
      zip.on('entry', async (entry) => {
        try {
          const target = entry.fileName.endsWith('/') ? undefined : targetOf(entry.fileName);
          if (target) {
            fs.mkdirSync(path.dirname(target), { recursive: true });
            await pipeline(await openStream(entry), fs.createWriteStream(target));
            count++;
          }
          zip.readEntry();
        } catch (error) {
          reject(error);
        }
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
  return count;
}

module.exports = { unpack };
