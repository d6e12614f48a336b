'use strict';

/**
 * Makes an edit of any project file count from the next cell on.
 *
 * tslab compiles an edited file anew but forgets only that one module: src/index, which the cells import, keeps
 * the old exports of src/x. So when a file comes back with other code than before, all files are handed back,
 * and tslab evaluates every project module again (their state is lost).
 *
 * @param converter what tslab's createConverter returns; its `convert` is replaced.
 * @returns the same converter.
 */
function reloadEdited(converter) {
  const codeOf = new Map();
  const convert = converter.convert;
  converter.convert = (previousDeclarations, source) => {
    const result = convert(previousDeclarations, source);
    const files = result.sideOutputs ?? [];
    const edited = files.some((file) => codeOf.has(file.path) && codeOf.get(file.path) !== file.data);
    for (const file of files) codeOf.set(file.path, file.data);
    if (edited) result.sideOutputs = Array.from(codeOf, ([path, data]) => ({ path, data }));
    return result;
  };
  return converter;
}

module.exports = { reloadEdited };
