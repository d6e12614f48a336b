import { escapeHtml } from './escapeHtml';
import { type CheckResult, runCheck, solved } from './runCheck';
import { showHtml } from './showHtml';

const COLOURS = { correct: '#0072B2', wrong: '#D55E00', 'not yet': '#9A9A9A' };
const SIGNS = { correct: '✔', wrong: '✘', 'not yet': '○' };

/**
 * Runs the assertions of an exercise and shows the result: correct, not yet (the stub is still there), or what
 * is wrong. It never throws, so a notebook with unsolved exercises runs to its end.
 *
 * @param title such as 'Exercise 1a'.
 * @param assertions `node:assert` calls; their messages are shown, expected values are not. Where it returns a
 *   promise, `await` the check.
 */
export function check(title: string, assertions: () => unknown): Promise<undefined> | undefined {
  const result = runCheck(assertions);
  if (result instanceof Promise) return result.then((later) => show(title, later));
  return show(title, result);
}

/**
 * `check` for one answer, which is handed to the assertions. An answer that is undefined, or a function that
 * returns undefined, is not solved yet.
 *
 *     checkExercise('Exercise 1a', myNorms, (norms) => {
 *       assert.equal(norms(kernel).length, 32, 'one norm for each output channel');
 *     });
 */
export function checkExercise<T>(
  title: string,
  answer: T,
  assertions: (answer: NonNullable<T>) => unknown,
): Promise<undefined> | undefined {
  return check(title, () => assertions(solved(answer)));
}

function show(title: string, { state, hint }: CheckResult): undefined {
  const words = {
    correct: 'correct.',
    wrong: `not right yet: ${hint}`,
    'not yet': 'not yet. Write your code in place of the stub and run the cell again.',
  }[state];
  const text = `${SIGNS[state]} ${title}: ${words}`;
  const style = `border-left:4px solid ${COLOURS[state]};padding:4px 10px`;
  showHtml(`<div style="${style}">${escapeHtml(text)}</div>`, text);
  return undefined;
}
