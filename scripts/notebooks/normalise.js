'use strict';
const os = require('node:os');
const { DISPLAY_NAME, KERNEL_NAME } = require('../setup/kernelspec');
const { ROOT } = require('../setup/paths');

/** As Jupyter writes it when a reader saves the notebook on this project's kernel. */
const KERNELSPEC = { display_name: DISPLAY_NAME, language: 'typescript', name: KERNEL_NAME };

/** The innermost first. A home that is the root of all (a container's) would match in every address. */
const MACHINE_FOLDERS = [ROOT, os.homedir()].filter((folder) => folder.length > 1);

/**
 * Takes out of an executed notebook what differs from run to run or from machine to machine and says nothing.
 *
 * @param {object} notebook as nbconvert wrote it.
 * @param {string} name the lesson's file name without its end; new cells get their ids from it.
 * @param {string[]} roots folders whose names are cut out of the outputs; what was inside becomes relative.
 * @returns {object} a new notebook.
 */
function normalise(notebook, name, roots = MACHINE_FOLDERS) {
  const { course, language_info } = notebook.metadata;
  return {
    cells: withIds(notebook.cells, name).map((cell) => normaliseCell(cell, roots)),
    metadata: {
      ...(course && { course }),
      kernelspec: KERNELSPEC,
      // All of it as the kernel says it: else JupyterLab adds the rest on opening, and asks to save on closing.
      ...(language_info && { language_info }),
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function normaliseCell(cell, roots) {
  // `execution` holds the times of the run; `trusted` and the like belong to one user's Jupyter.
  const { execution, trusted, ...metadata } = cell.metadata;
  if (cell.cell_type !== 'code') return { ...cell, metadata };
  const outputs = mergeStreams(cell.outputs).map((output) => withoutRoots(output, roots));
  return { ...cell, metadata, outputs };
}

/** A cell that an editor made has a random id, which stays; one without gets its place as its id. */
function withIds(cells, name) {
  const taken = new Set(cells.map((cell) => cell.id));
  return cells.map((cell, i) => {
    if (cell.id) return cell;
    const id = [`${name}-${i + 1}`, `${name}-cell-${i + 1}`].find((candidate) => !taken.has(candidate));
    return { ...cell, id };
  });
}

/** How many messages a text was sent in depends on timing. */
function mergeStreams(outputs) {
  const merged = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text = [].concat(last.text, output.text).join('');
    } else {
      merged.push({ ...output });
    }
  }
  return merged.map((output) => (output.text ? { ...output, text: toLines(output.text) } : output));
}

/** The list of lines in which Jupyter stores text, so that a difference shows line by line. */
function toLines(text) {
  return (
    []
      .concat(text)
      .join('')
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  );
}

function withoutRoots(value, roots) {
  if (typeof value === 'string') {
    return roots.reduce((text, root) => text.replaceAll(`${root}/`, '').replaceAll(`${root}\\`, ''), value);
  }
  if (Array.isArray(value)) return value.map((item) => withoutRoots(item, roots));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutRoots(item, roots)]));
}

module.exports = { normalise };
