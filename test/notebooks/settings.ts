/** What scripts/test-notebooks.js asks for, by environment variables: node's test runner passes no arguments on. */
const { findLessons } = require('../../scripts/notebooks/lessons');

const DEFAULT_PERCENTS = '0,0.99';

/** @returns paths of the lessons to test: all, or those that LESSONS names by parts of their names. */
export function chosenLessons(): string[] {
  return findLessons(listOf(process.env.LESSONS));
}

/** @returns the percents, besides the committed one, at which each lesson is run. */
export function chosenPercents(): number[] {
  return listOf(process.env.LESSON_PERCENTS ?? DEFAULT_PERCENTS).map(Number);
}

function listOf(text = ''): string[] {
  return text.split(',').filter((part) => part !== '');
}
