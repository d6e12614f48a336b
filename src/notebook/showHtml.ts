import { displayBundle } from './displayBundle';

/**
 * Shows HTML in the notebook. Scripts in it do not run in a notebook that is not trusted.
 *
 * @param plain the same in plain text, for places without HTML.
 */
export function showHtml(html: string, plain: string): void {
  displayBundle({ 'text/html': html, 'text/plain': plain });
}
