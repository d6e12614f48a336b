'use strict';
const { describeError } = require('./describeError');

/** Collects all that went wrong while one cell ran, wherever it was noticed. */
class Failures {
  #root;
  #found = [];
  #running = false;

  constructor(root) {
    this.#root = root;
  }

  begin() {
    this.#found = [];
    this.#running = true;
  }

  /** Something the executor reported: an error that the cell threw, or the compiler's messages. */
  add(args) {
    this.#found.push(describeError(args, this.#root));
  }

  /** A rejection or exception that nobody caught. Between two cells there is no cell to fail, so it is printed. */
  addStray(reason) {
    const error = describeError([reason], this.#root);
    const ename = `Unhandled${error.ename}`;
    const traceback = [`${ename}: nothing in this cell waits for it`, ...error.traceback];
    if (this.#running) this.#found.push({ ...error, ename, traceback });
    else process.stderr.write(`After the cell had ended:\n${traceback.join('\n')}\n`);
  }

  /**
   * @param {boolean} ok what the executor said about the cell.
   * @returns undefined for a cell that went well, else the content of Jupyter's `error` message.
   */
  end(ok) {
    this.#running = false;
    if (ok && this.#found.length === 0) return undefined;
    const all =
      this.#found.length > 0 ? this.#found : [describeError([new Error('The cell failed.')], this.#root)];
    return {
      ename: all[0].ename,
      evalue: all[0].evalue,
      traceback: all.flatMap((failure) => failure.traceback),
    };
  }
}

module.exports = { Failures };
