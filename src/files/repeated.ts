/** The first name that is in the list before. */
export function repeated(names: readonly string[]): string | undefined {
  const met = new Set<string>();
  return names.find((name) => met.has(name) || !met.add(name));
}
