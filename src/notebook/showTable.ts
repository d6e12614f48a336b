import { countText, significant } from '../plots/numberText';
import { textTable } from '../report/textTable';
import { escapeHtml } from './escapeHtml';
import { showHtml } from './showHtml';

/** A row: column name -> value. */
export type TableRow = Record<string, string | number>;

/**
 * Shows rows as a table in the notebook. Whole numbers get separators, others four significant digits.
 *
 * @param rows all with the columns of the first.
 * @throws RangeError when there is no row.
 */
export function showTable(rows: readonly TableRow[]): void {
  if (rows.length === 0) throw new RangeError('Expected at least one row to show but found none.');
  const columns = Object.keys(rows[0]);
  const numeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const cells = rows.map((row) => columns.map((column) => cellText(row[column])));
  const plain = textTable(
    [columns, ...cells],
    columns.flatMap((_, i) => (numeric[i] ? [i] : [])),
  );
  const line = (texts: string[], tag: string): string =>
    `<tr>${texts.map((text, i) => `<${tag} style="text-align:${numeric[i] ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  const head = `<thead>${line(columns, 'th')}</thead>`;
  showHtml(`<table>${head}<tbody>${cells.map((row) => line(row, 'td')).join('')}</tbody></table>`, plain);
}

function cellText(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  return Number.isInteger(value) ? countText(value) : String(significant(value));
}
