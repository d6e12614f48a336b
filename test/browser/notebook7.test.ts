import { test } from 'node:test';
import { nameOf } from '../notebooks/notebook';
import { chosenLessons } from '../notebooks/settings';
import { readLesson } from './lessons';
import { noBrowser, openBrowser } from './openBrowser';
import { startJupyter } from './startJupyter';

/** One with a 3D plot and one without. */
const LESSONS = /^0[01]-/;

test('Notebook 7 shows the charts of a lesson, untrusted and run', { skip: noBrowser() }, async (t) => {
  const [browser, jupyter] = await Promise.all([openBrowser(t), startJupyter(t)]);
  for (const file of chosenLessons().filter((each) => LESSONS.test(nameOf(each)))) {
    await t.test(nameOf(file), (lesson) =>
      readLesson(lesson, browser, jupyter, { frontEnd: 'notebook', file }),
    );
  }
});
