import * as path from 'node:path';

export const README = path.join(__dirname, '..', '..', 'README.md');

const BEGIN = '<!-- made by npm run rules -- --write -->';
const END = '<!-- end of what npm run rules makes -->';

/**
 * README.md with the given text between its two markers.
 *
 * @throws Error where a marker is missing.
 */
export function withRules(readme: string, text: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`README.md has no ${BEGIN} with ${END} behind it.`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${text}\n\n${readme.slice(end)}`;
}
