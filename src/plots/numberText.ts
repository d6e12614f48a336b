/** Rounds to `digits` significant digits: keeps specifications small, and nobody reads the fifth digit of a chart. */
export function significant(value: number, digits = 4): number {
  return Number(value.toPrecision(digits)) + 0;
}

/** A whole number with separators: 75497472 is '75,497,472', whatever the machine's language. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** A number for a sentence, with up to `digits` significant digits: 0.00012, -1.5, 3.1e-8. */
export function shortText(value: number, digits = 3): string {
  return String(significant(value, digits));
}

/** '1 weight', '864 weights'. */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A name for the margin of a chart: of a long one the beginning and the end, which tell layers apart. */
export function shortName(name: string, most = 20): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  const head = Math.floor((most - 1) * 0.4);
  return [...letters.slice(0, head), '…', ...letters.slice(head + 1 - most)].join('');
}
