'use strict';
const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');

/** How tslab's executor reports a compiler message: console.error(TYPE_ERROR, file, line, column, text). */
const TYPE_ERROR = '%s%d:%d - ';
/** Frames from here on are the machinery that ran the cell. */
const MACHINERY = /sigintHandlersWrap|\(node:vm:|tslab[\\/]dist[\\/](executor|jupyter)\.js/;
/** node:vm puts the compiled line before the stack of some errors: file:line, the code, a caret. */
const COMPILED_LINE = /^[^\n]+:\d+\n[^\n]*\n\s*\^+\s*?\n\n?/;

/**
 * Puts a failure in the shape of Jupyter's `error` message.
 *
 * @param args what the failing code, or the compiler by way of tslab, handed to console.error.
 * @param root the project's root; file names in the traceback become relative to it.
 * @returns {{ename: string, evalue: string, traceback: string[]}}
 */
function describeError(args, root) {
  const [thrown] = args;
  if (typeof thrown === 'string' && thrown.startsWith(TYPE_ERROR)) {
    const message = util.format(...args);
    return { ename: 'TypeScriptError', evalue: message, traceback: [`TypeScriptError: ${message}`] };
  }
  // Not instanceof: an error may come from another realm (vm) and is no less an error.
  if (typeof thrown?.stack === 'string') {
    return {
      ename: String(thrown.name || 'Error'),
      evalue: String(thrown.message),
      traceback: readableStack(thrown.stack, root),
    };
  }
  const text = util.inspect(thrown);
  return { ename: 'Thrown', evalue: text, traceback: [`Thrown: ${text}`] };
}

/** The stack as far as it concerns the reader: no machinery, no Node internals, names they can open. */
function readableStack(stack, root) {
  const lines = stack.replace(COMPILED_LINE, '').split('\n');
  const end = lines.findIndex((line) => MACHINERY.test(line));
  return lines
    .slice(0, end > 0 ? end : lines.length)
    .filter((line) => !/^\s+at .*\(?node:internal\//.test(line))
    .map((line) => readableFrame(line, root))
    .filter((line, i, all) => line !== all[i - 1]);
}

function readableFrame(line, root) {
  const slashes = root.replaceAll('\\', '/');
  return line
    .replaceAll(`file://${slashes}/`, '')
    .replaceAll(`${root}${path.sep}`, '')
    .replaceAll(`${slashes}/`, '')
    .replace(/evalmachine\.<anonymous>:\d+:\d+/, 'a notebook cell')
    .replace(/(src[\\/][\w\\/.-]+)\.js:\d+:\d+/, (frame, stem) => sourceName(frame, stem, root));
}

/** tslab runs src/x.ts as src/x.js, which is on no disk; its line numbers are the compiled ones, so drop them. */
function sourceName(frame, stem, root) {
  return fs.existsSync(path.join(root, `${stem}.ts`)) ? `${stem}.ts` : frame;
}

module.exports = { describeError };
