import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';

/** An exercise that nobody has solved yet. */
export class NotYet extends Error {
  override name = 'NotYet';
}

/** Stands where the reader's code goes: `return todo();`. */
export function todo(): never {
  throw new NotYet('This exercise is not solved yet.');
}

export interface CheckResult {
  state: 'correct' | 'wrong' | 'not yet';
  /** For 'wrong': what is wrong, without the answer. */
  hint?: string;
}

/**
 * Runs the assertions of an exercise.
 *
 * @returns the result, as a promise where `assertions` returns one. Never throws.
 */
export function runCheck(assertions: () => unknown): CheckResult | Promise<CheckResult> {
  try {
    const outcome = assertions();
    if (!isPromise(outcome)) return { state: 'correct' };
    return outcome.then((): CheckResult => ({ state: 'correct' }), resultOf);
  } catch (error) {
    return resultOf(error);
  }
}

/**
 * Makes an unsolved answer count as "not yet": undefined itself, and a function that returns undefined.
 *
 * @throws NotYet at once, or when the function is called.
 */
export function solved<T>(answer: T): NonNullable<T> {
  if (answer === undefined || answer === null) todo();
  if (typeof answer !== 'function') return answer;
  const call = (...args: unknown[]): unknown => {
    const value = answer(...args);
    if (isPromise(value)) return value.then((later) => later ?? todo());
    return value ?? todo();
  };
  return call as NonNullable<T>;
}

function resultOf(error: unknown): CheckResult {
  // By name: after an edit of src the kernel evaluates this module again, and old cells hold the old class.
  if ((error as Error)?.name === 'NotYet') return { state: 'not yet' };
  if (!(error instanceof AssertionError))
    return { state: 'wrong', hint: `the code threw ${firstLine(error)}` };
  // What assert makes up itself, a whole message or further lines, shows the expected value: the answer.
  const { generatedMessage, message, actual } = error;
  return {
    state: 'wrong',
    hint: generatedMessage ? `found ${shortInspect(actual)}` : firstLine(message),
  };
}

function firstLine(error: unknown): string {
  return String(error).split('\n')[0];
}

function shortInspect(value: unknown): string {
  const text = inspect(value, { depth: 2, maxArrayLength: 8, breakLength: Infinity });
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
