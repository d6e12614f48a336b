/**
 * Sizes of a net, by name: positive integers, or lists of them.
 *
 * @throws RangeError that names the first that is something else, or an empty list.
 */
export function requireWidths(sizes: Record<string, number | number[] | number[][]>): void {
  for (const [name, given] of Object.entries(sizes)) {
    const values = [given].flat(2);
    if (values.length === 0)
      throw new RangeError(`${name} must name at least one layer, but the list is empty.`);
    const wrong = values.find((value) => !Number.isSafeInteger(value) || value < 1);
    if (wrong === undefined) continue;
    const rule = Array.isArray(given) ? 'positive integers, but one is' : 'a positive integer, but is';
    throw new RangeError(`${name} must be ${rule} ${wrong}.`);
  }
}
