'use strict';
const ts = require('@tslab/typescript-for-tslab');

/**
 * Makes `{ percent }` work in a cell when `percent` comes from an earlier cell.
 *
 * tslab 1.0.22 rewrites a name from an earlier cell to `exports.name`, but overlooks it where it is a shorthand
 * property, which then fails with "percent is not defined". So tslab gets to see `{ percent: percent }`.
 *
 * @param converter what tslab's createConverter returns; its `convert` is replaced.
 * @returns the same converter.
 */
function expandShorthand(converter) {
  const convert = converter.convert;
  converter.convert = (previousDeclarations, source) => {
    const insertions = insertionsFor(source);
    const result = convert(previousDeclarations, insertInto(source, insertions));
    for (const { fileName, start } of result.diagnostics) {
      if (!fileName) start.character -= insertedBefore(start, insertions);
    }
    return result;
  };
  return converter;
}

/** The source with every shorthand property written out; text in strings and comments stays as it is. */
function writtenOut(source) {
  return insertInto(source, insertionsFor(source));
}

/** @returns {{at: number, line: number, character: number, text: string}[]} what to insert, in order. */
function insertionsFor(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022);
  const insertions = [];
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const at = node.name.end;
      insertions.push({ at, ...file.getLineAndCharacterOfPosition(at), text: `: ${node.name.text}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return insertions;
}

function insertInto(source, insertions) {
  return insertions.reduceRight(
    (text, { at, text: more }) => text.slice(0, at) + more + text.slice(at),
    source,
  );
}

/** @returns how far a place in the expanded source lies to the right of where it is in the cell. */
function insertedBefore({ line, character }, insertions) {
  let shift = 0;
  for (const insertion of insertions) {
    if (insertion.line === line && insertion.character + shift < character) shift += insertion.text.length;
  }
  return shift;
}

module.exports = { expandShorthand, writtenOut };
