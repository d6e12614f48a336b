import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkExercise } from '../../src/notebook/check';
import { todo } from '../../src/notebook/runCheck';
import { shownBy } from './fakeFrontEnd';

const textsOf = async (body: () => unknown) => (await shownBy(body)).map(({ data }) => data['text/plain']);
const NOT_YET = 'not yet. Write your code in place of the stub and run the cell again.';

test('a stub that returns nothing, or todo(), is not yet solved', async () => {
  const empty = (): number | undefined => undefined;
  const assertion = (answer: () => number | undefined) => assert.equal(answer(), 1);
  assert.deepEqual(await textsOf(() => checkExercise('1a', empty, assertion)), [`○ 1a: ${NOT_YET}`]);
  assert.deepEqual(await textsOf(() => checkExercise('1a', () => todo(), assertion)), [`○ 1a: ${NOT_YET}`]);
  assert.deepEqual(await textsOf(() => checkExercise('1b', undefined, () => assert.fail('called'))), [
    `○ 1b: ${NOT_YET}`,
  ]);
  assert.deepEqual(await textsOf(() => check('1c', () => void todo())), [`○ 1c: ${NOT_YET}`]);
});

test('a right answer is correct; zero, false and empty are answers', async () => {
  const right = (norm: (x: number) => number) => assert.equal(norm(-2), 2);
  assert.deepEqual(await textsOf(() => checkExercise('2', Math.abs, right)), ['✔ 2: correct.']);
  for (const answer of [0, false, '']) {
    const same = (value: unknown) => assert.equal(value, answer);
    assert.deepEqual(await textsOf(() => checkExercise('2', answer, same)), ['✔ 2: correct.']);
    assert.deepEqual(
      await textsOf(() =>
        checkExercise(
          '2',
          () => answer,
          (f) => same(f()),
        ),
      ),
      ['✔ 2: correct.'],
    );
  }
});

test('a wrong answer is told what is wrong, and never the expected value', async () => {
  const assertions = (f: (x: number) => number) => assert.equal(f(1), 4242, 'f(1) is not the sum');
  assert.deepEqual(await textsOf(() => checkExercise('3', (x: number) => x, assertions)), [
    '✘ 3: not right yet: f(1) is not the sum',
  ]);
  const lists = () => assert.deepEqual([1, [2]], [1, [4242]], 'the list must stay as it was');
  assert.deepEqual(await textsOf(() => check('3', lists)), [
    '✘ 3: not right yet: the list must stay as it was',
  ]);
  const silent = (f: (x: number) => number) => assert.deepEqual([f(1)], [4242]);
  const [text] = await textsOf(() => checkExercise('3', (x: number) => x, silent));
  assert.equal(text, '✘ 3: not right yet: found [ 1 ]');
});

test('an answer that throws is told so in one line', async () => {
  const broken = () => (undefined as unknown as number[]).length;
  const [text] = await textsOf(() => checkExercise('4', broken, (f) => f()));
  assert.match(text, /^✘ 4: not right yet: the code threw TypeError: Cannot read properties of undefined/);
  assert.ok(!text.includes('\n'));
});

test('an asynchronous answer is checked when it has arrived', async () => {
  const right = async (x: number) => x + 1;
  const assertions = async (f: (x: number) => Promise<number>) =>
    assert.equal(await f(1), 2, 'f(1) is not 2');
  assert.deepEqual(await textsOf(() => checkExercise('5', right, assertions)), ['✔ 5: correct.']);
  assert.deepEqual(await textsOf(() => checkExercise('5', async (x: number) => x, assertions)), [
    '✘ 5: not right yet: f(1) is not 2',
  ]);
  const stub = async () => undefined as unknown as number;
  assert.deepEqual(await textsOf(() => checkExercise('5', stub, assertions)), [`○ 5: ${NOT_YET}`]);
});

test('a synchronous check returns undefined, so that the cell shows nothing but the result', async () => {
  let returned: unknown = 'nothing';
  await shownBy(() => {
    returned = checkExercise('6', 1, () => {});
  });
  assert.equal(returned, undefined);
});

test('a hint with tags is shown as text', async () => {
  const [output] = await shownBy(() => check('<7>', () => assert.fail('a < b')));
  const style = 'border-left:4px solid #D55E00;padding:4px 10px';
  assert.equal(
    output.data['text/html'],
    `<div style="${style}">✘ &#60;7&#62;: not right yet: a &#60; b</div>`,
  );
});
