/**
 * A long list of numbers as the data of a chart, in the field `data`, to three digits of the largest: a colour
 * shows no more. As one text, because a notebook file gives each element of a list a line of its own, with more
 * spaces than digits.
 */
export function numberList(values: ArrayLike<number>): { values: string; format: object } {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  const decimals = largest > 0 ? Math.min(100, Math.max(0, 2 - Math.floor(Math.log10(largest)))) : 0;
  const texts = Array.from(values, (value) => String(Number(value.toFixed(decimals)) + 0));
  return { values: `data\n${texts.join('\n')}`, format: { type: 'csv', parse: { data: 'number' } } };
}
