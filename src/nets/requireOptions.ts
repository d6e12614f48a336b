/**
 * A misspelt option would otherwise be no option, and nobody would notice.
 *
 * @param names of all options that there are. @param example of options, e.g. '{ percent: 0.5 }'.
 * @throws TypeError where there are no options, or others than those.
 */
export function requireOptions<Options extends object>(
  options: Options | undefined,
  names: readonly (keyof Options & string)[],
  example: string,
): void {
  const unknown = Object.keys(options ?? {}).filter((name) => !(names as readonly string[]).includes(name));
  if (options && unknown.length === 0) return;
  const found = options ? `but found ${unknown.join(', ')}` : 'but found none';
  throw new TypeError(`Expected options such as ${example}, of ${names.join(', ')}, ${found}.`);
}
