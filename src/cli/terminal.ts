/** Where a run's words go: results to stdout, everything else to stderr. */
export interface Terminal {
  /** A line of the result. */
  result(text: string): void;
  /** A line beside the result: an estimate, a warning. */
  note(text: string): void;
  /** What is going on right now; on a terminal only, and replaced by the next line. */
  status(text: string): void;
}

interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** @param isQuiet whether result lines are left out, because one JSON object will stand for them. */
export function terminalOf(stdout: Stream, stderr: Stream, isQuiet: boolean): Terminal {
  let isStatusShown = false;
  const clear = (): void => {
    if (isStatusShown) stderr.write('\r\u001b[K');
    isStatusShown = false;
  };
  return {
    result(text) {
      clear();
      if (!isQuiet) stdout.write(`${text}\n`);
    },
    note(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    status(text) {
      clear();
      if (!stderr.isTTY) return;
      stderr.write(text);
      isStatusShown = true;
    },
  };
}
