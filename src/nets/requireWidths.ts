/**
 * Sizes of a net, by name: positive integers, or lists of them.
 *
 * @throws RangeError that names the first that is something else, or an empty list.
 */
export function requireWidths(sizes: Record<string, number | number[] | number[][]>): void {
  for (const [name, given] of Object.entries(sizes)) {
    const values = [given].flat(2);
    if (values.length === 0)
      throw new RangeError(`${name} must name at least one width, but the list is empty.`);
    const wrong = values.find((value) => !Number.isSafeInteger(value) || value < 1);
    if (wrong === undefined) continue;
    const verb = Array.isArray(given)
      ? 'must be positive integers, but one'
      : 'must be a positive integer, but it';
    throw new RangeError(`${name} ${verb} is ${wrong}.`);
  }
}
