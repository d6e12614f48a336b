'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { SetupError } = require('../setup/run');
const { compile } = require('./compile');
const { fetchWheel } = require('./fetchWheel');
const { timed } = require('./progress');
const { unpack } = require('./unpack');

/**
 * TensorFlow's library out of the wheel, and the addon compiled from tfjs-node's source.
 * @param {{wheel: object, tools: object, tfjsNode: string, folder: string, signal: AbortSignal}} settings `folder`
 *   gets lib/ and deps/lib/, and keeps nothing else.
 * @throws SetupError with why it cannot.
 */
async function fromWheel({ wheel, tools, tfjsNode, folder, signal }) {
  const { pip, compiler, missing } = tools;
  if (missing.length > 0) throw new SetupError(`it needs ${missing.join(', and ')}`);
  const download = path.join(folder, 'download');
  const headers = path.join(folder, 'include');
  const libraries = path.join(folder, 'deps', 'lib');
  fs.mkdirSync(download);
  console.log(`Fetching ${wheel.name} ${wheel.version} (${wheel.fetch} MB) with pip ...`);
  const file = await fetchWheel({ pip, wheel, folder: download, signal });
  await timed('Unpacking', () => unpack({ file, libraries, headers, signal }));
  fs.rmSync(download, { recursive: true });
  await timed('Compiling', () => compile({ compiler, tfjsNode, headers, folder, signal }));
  fs.rmSync(headers, { recursive: true });
}

module.exports = { fromWheel };
