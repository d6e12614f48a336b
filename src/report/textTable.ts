/**
 * Rows of cells as plain text: columns padded to the same width, two spaces between them. The first row is
 * the head; `numeric` names the columns that are aligned to the right.
 */
export function textTable(rows: string[][], numeric: number[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => (numeric.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}
