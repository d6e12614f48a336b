import { type Spread, spread } from './statistics';

export interface Row {
  what: string;
  value: string;
  goal?: string;
}

/** 'what | 76.1 ms (74.0 to 80.2)' */
export function timeRow(what: string, milliseconds: number[], goal?: string): Row {
  return { what, value: spreadText(spread(milliseconds), milliseconds[0] < 2000 ? 'ms' : 's'), goal };
}

/** A ratio of medians, and whether it is within `most` (or above `least`). */
export function ratioRow(
  what: string,
  [above, below]: [number[], number[]],
  { most, least }: { most?: number; least?: number } = {},
): Row {
  const ratio = spread(above).median / spread(below).median;
  const met = (most === undefined || ratio <= most) && (least === undefined || ratio >= least);
  const goal = most !== undefined ? `at most ${most}` : least !== undefined ? `at least ${least}` : undefined;
  return { what, value: ratio.toFixed(2), goal: goal && `${goal}: ${met ? 'met' : '**not met**'}` };
}

export function numberRow(what: string, values: number[], goal?: string): Row {
  const { median, min, max } = spread(values);
  const text = values.length > 1 ? ` (${min.toFixed(2)} to ${max.toFixed(2)})` : '';
  return { what, value: `${median.toFixed(2)}${text}`, goal };
}

/** A section as Markdown. */
export function markdownTable(title: string, rows: Row[]): string {
  const lines = rows.map(({ what, value, goal }) => `| ${what} | ${value} | ${goal ?? ''} |`);
  return [`## ${title}`, '', '| what | measured | goal |', '|---|---|---|', ...lines, ''].join('\n');
}

function spreadText({ median, min, max }: Spread, unit: 'ms' | 's'): string {
  const number = (milliseconds: number) => {
    const value = unit === 's' ? milliseconds / 1000 : milliseconds;
    return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
  };
  return `${number(median)} ${unit} (${number(min)} to ${number(max)})`;
}
