import { test } from 'node:test';
import { nameOf } from '../notebooks/notebook';
import { chosenLessons } from '../notebooks/settings';
import { readLesson } from './lessons';
import { noBrowser, openBrowser } from './openBrowser';
import { startJupyter } from './startJupyter';

test('Notebook 7 shows the charts of every lesson, untrusted and run', {
  skip: noBrowser(),
  // As many as the smallest machine we count on has cores.
  concurrency: 2,
}, async (t) => {
  const [browser, jupyter] = await Promise.all([openBrowser(t), startJupyter(t)]);
  await Promise.all(
    chosenLessons().map((file) =>
      t.test(nameOf(file), (lesson) => readLesson(lesson, browser, jupyter, { frontEnd: 'notebook', file })),
    ),
  );
});
