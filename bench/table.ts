import { type Spread, spread } from './statistics';

export interface Row {
  what: string;
  value: string;
  /** Empty where there is none. */
  goal: string;
}

/** '76.1 ms (74.0 to 80.2)', beside a goal in seconds. */
export function timeRow(what: string, milliseconds: number[], mostSeconds?: number): Row {
  const times = spread(milliseconds);
  return {
    what,
    value: spreadText(times, times.median < 2000 ? 'ms' : 's'),
    goal: verdict(times.median / 1000, { most: mostSeconds, unit: ' s' }),
  };
}

export interface Goal {
  most?: number;
  least?: number;
  unit?: string;
}

/** 'at most 0.7: met'; empty where there is no goal. */
export function verdict(value: number, { most, least, unit = '' }: Goal): string {
  if (most === undefined && least === undefined) return '';
  const met = value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? Number.NEGATIVE_INFINITY);
  const goal = most === undefined ? `at least ${least}` : `at most ${most}`;
  return `${goal}${unit}: ${met ? 'met' : '**not met**'}`;
}

/** A ratio of medians, beside its goal. */
export function ratioRow(what: string, [above, below]: [number[], number[]], goal: Goal = {}): Row {
  const ratio = spread(above).median / spread(below).median;
  return { what, value: ratio.toFixed(2), goal: verdict(ratio, goal) };
}

export function numberRow(what: string, values: number[], goal: Goal = {}): Row {
  const { median, min, max } = spread(values);
  return {
    what,
    value: `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`,
    goal: verdict(median, goal),
  };
}

/** A section as Markdown. */
export function markdownTable(title: string, rows: Row[]): string {
  const lines = rows.map(({ what, value, goal }) => `| ${what} | ${value} | ${goal} |`);
  return [`## ${title}`, '', '| what | measured | goal |', '|---|---|---|', ...lines, ''].join('\n');
}

function spreadText({ median, min, max }: Spread, unit: 'ms' | 's'): string {
  const number = (milliseconds: number) => {
    const value = unit === 's' ? milliseconds / 1000 : milliseconds;
    return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
  };
  return `${number(median)} ${unit} (${number(min)} to ${number(max)})`;
}
