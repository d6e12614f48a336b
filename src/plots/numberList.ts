import { significant } from './numberText';

/**
 * A long list of numbers as the data of a chart, in the field `data`, to three digits. As one text, because a
 * notebook file gives each element of a list a line of its own, with more spaces than digits.
 */
export function numberList(values: ArrayLike<number>): { values: string; format: object } {
  const lines = Array.from(values, (value) => significant(value, 3));
  return { values: `data\n${lines.join('\n')}`, format: { type: 'csv', parse: { data: 'number' } } };
}
