'use strict';
const { setTimeout: sleep, setImmediate: nextTurn } = require('node:timers/promises');
const jupyter = require('tslab/dist/jupyter');

/** Time for requests that wait in the socket, behind a cell that kept the event loop busy, to be read. */
const READ_WAITING_MS = 20;

/** Time for a front end to ask what it asks first, as compiling keeps the event loop busy for seconds. */
const QUIET_MS = 300;

/** tslab's handler, with execution counts, failures that say what failed, and no cell that is skipped silently. */
class CellHandler extends jupyter.JupyterHandlerImpl {
  #failures;
  #queue = Promise.resolve();
  /** A failing cell ends the round: requests that arrived in it are answered with 'aborted'. */
  #round = 0;
  /** What to run while the reader reads, before the first cell. */
  #preparation;
  #timer;

  /** @param {string} preparation code whose compilation the first cell needs, too: it finds it done. */
  constructor(executor, failures, preparation) {
    super(executor, false);
    this.#failures = failures;
    this.#preparation = preparation;
  }

  /** A front end is there, and asks for the kernel's name. */
  handleKernel() {
    this.#timer ??= setTimeout(() => this.#prepare(), QUIET_MS);
    return super.handleKernel();
  }

  handleExecute(request, writeStream, writeDisplayData) {
    clearTimeout(this.#timer);
    const arrivedIn = this.#round;
    const reply = this.#queue.then(() =>
      arrivedIn === this.#round
        ? this.#runCell(request, writeStream, writeDisplayData)
        : { status: 'aborted' },
    );
    this.#queue = reply;
    return reply;
  }

  /** A file that is compiled now would be watched for ever, and the process would not end. */
  close() {
    clearTimeout(this.#timer);
    super.close();
  }

  /** Shows and counts nothing; what fails here will fail in the cell that needs it, and be shown there. */
  #prepare() {
    this.#queue = this.#queue.then(() => this.#execute(this.#preparation));
  }

  async #runCell(request, writeStream, writeDisplayData) {
    this.#redirectOutput(writeStream, writeDisplayData);
    const execution_count = ++this.execCount;
    // tslab does not send this message, and front ends take a cell's number from it.
    writeDisplayData.send('execute_input', { code: request.code, execution_count });
    const failure = await this.#execute(request.code);
    if (!failure) return { status: 'ok', execution_count, payload: [], user_expressions: {} };
    writeDisplayData.send('error', failure);
    if (request.stop_on_error !== false) await this.#endRound();
    return { status: 'error', execution_count, ...failure };
  }

  /** @returns undefined when the cell went well, else the content of an `error` message. Never rejects. */
  async #execute(code) {
    this.#failures.begin();
    let ok = false;
    try {
      ok = await this.executor.execute(code);
    } catch (error) {
      this.#failures.add([error]);
    }
    // Node reports unhandled rejections once the microtasks are done, that is before the next turn.
    await nextTurn();
    return this.#failures.end(ok);
  }

  /** Before the failing cell is answered, so that whatever the client sends after the answer does run. */
  async #endRound() {
    await sleep(READ_WAITING_MS);
    this.#round++;
  }

  /** Also after the cell's end: late output of a cell goes to the cell that ran last, as in Python's kernel. */
  #redirectOutput(writeStream, writeDisplayData) {
    process.stdout.write = this.createWriteToIopub('stdout', writeStream);
    process.stderr.write = this.createWriteToIopub('stderr', writeStream);
    jupyter.lastWriteDisplayData = writeDisplayData;
  }
}

module.exports = { CellHandler };
