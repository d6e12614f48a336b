/** How a plan's importance is called on a chart. */
export function importanceText(importance: string): string {
  if (importance === 'l1') return 'L1 norm';
  return importance === 'random' ? 'random score' : `score by ${importance}`;
}
