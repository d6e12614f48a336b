import { displayBundle } from './displayBundle';

/** Shows Markdown in the notebook, e.g. the table of `comparisonMarkdown`. */
export function showMarkdown(markdown: string): void {
  displayBundle({ 'text/markdown': markdown, 'text/plain': markdown });
}
