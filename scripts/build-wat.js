'use strict';
/** npm run build:wat: compiles src/backend/addAbsoluteRows.wat into the module that TypeScript imports. */
const fs = require('node:fs');
const path = require('node:path');

const BACKEND = path.join(__dirname, '..', 'src', 'backend');

/** @returns the text of addAbsoluteRowsBytes.ts, from its source in WebAssembly's text format. */
async function compiled() {
  const wabt = await require('wabt')();
  const name = 'addAbsoluteRows.wat';
  const module = wabt.parseWat(name, fs.readFileSync(path.join(BACKEND, name), 'utf8'), { simd: true });
  const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
  module.destroy();
  const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}'`);
  return `/** Compiled from ${name} by \`npm run build:wat\`; do not edit. */\nexport const BASE64 =\n${lines.join(' +\n')};\n`;
}

if (require.main === module) {
  compiled().then((text) => fs.writeFileSync(path.join(BACKEND, 'addAbsoluteRowsBytes.ts'), text));
}

module.exports = { compiled };
