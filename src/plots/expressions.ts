/** A name as text in a Vega expression; names are data, and may hold quotes, backslashes and line ends. */
export function textLiteral(name: string): string {
  const oneLine = name.replace(/[\s\p{Cc}]/gu, ' ');
  return `'${oneLine.replace(/[\\']/g, '\\$&')}'`;
}

/** A list of names as an expression. */
export function textLiterals(names: readonly string[]): string {
  return `[${names.map(textLiteral).join(', ')}]`;
}

/**
 * How many of n channels go at the slider's percent, rounded as `cutCount` does.
 *
 * @param n a number, or an expression such as `datum.n`.
 */
export function cutExpression(n: number | string): string {
  return `min(${n} - 1, floor(${n} * percent + 1e-9))`;
}

/** The slider, which every expression here calls `percent`. */
export function percentSlider(percent: number): object {
  return {
    name: 'percent',
    value: percent,
    bind: { input: 'range', min: 0, max: 0.99, step: 0.01, name: 'percent ' },
  };
}
