import { type ChartSpec, COLOURS, chart, SHORT_NUMBERS } from './chart';
import { countText, significant } from './numberText';

export interface BeforeAfterRow {
  layer: string;
  before: number;
  after: number;
}

export interface BeforeAfterOptions {
  title?: string;
  /** What is counted, for the axis. Default 'output channels'. */
  unit?: string;
}

/**
 * Bars before and after pruning, layer by layer. Where the values span a factor of 1000 or more the axis is
 * logarithmic and says so.
 *
 * @param rows in the order of the layers; counts of channels, parameters, multiply-adds or bytes.
 * @throws RangeError for an empty list.
 */
export function widthsBeforeAfter(
  rows: readonly BeforeAfterRow[],
  { title = 'Before and after pruning', unit = 'output channels' }: BeforeAfterOptions = {},
): ChartSpec {
  if (rows.length === 0) throw new RangeError('Expected at least one layer to draw but found none.');
  const numbers = rows.flatMap(({ before, after }) => [before, after]).filter((value) => value > 0);
  const isLog = Math.max(...numbers) >= 1000 * Math.min(...numbers);
  // Bars on a logarithmic axis need a floor: the power of ten below the smallest value.
  const floor = isLog ? 10 ** (Math.ceil(Math.log10(Math.min(...numbers))) - 1) : 0;
  const top = 10 ** Math.ceil(Math.log10(Math.max(...numbers)));
  const values = rows.flatMap(({ layer, before, after }) => [
    { layer, state: 'before', value: significant(before, 9) },
    { layer, state: 'after', value: significant(after, 9) },
  ]);
  return chart(describe(title, rows, unit), {
    title,
    width: Math.min(680, Math.max(240, rows.length * 64)),
    height: 260,
    data: { values },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'layer', type: 'nominal', sort: null, title: 'layer', axis: { labelAngle: 0 } },
      xOffset: { field: 'state', sort: null },
      y: {
        field: 'value',
        type: 'quantitative',
        title: isLog ? `${unit} (logarithmic axis)` : unit,
        scale: isLog ? { type: 'log', domain: [floor, top] } : { zero: true },
        axis: { labelExpr: SHORT_NUMBERS, ...(isLog ? { values: powersOfTen(floor, top) } : {}) },
      },
      ...(isLog ? { y2: { datum: floor } } : {}),
      color: {
        field: 'state',
        type: 'nominal',
        sort: null,
        scale: { domain: ['before', 'after'], range: [COLOURS.grey, COLOURS.kept] },
        legend: { title: null },
      },
    },
  });
}

function powersOfTen(floor: number, top: number): number[] {
  const count = Math.round(Math.log10(top / floor)) + 1;
  return Array.from({ length: count }, (_, i) => floor * 10 ** i);
}

function describe(title: string, rows: readonly BeforeAfterRow[], unit: string): string {
  const list = rows.map(({ layer, before, after }) => `${layer} ${countText(before)} to ${countText(after)}`);
  return `${title}, ${unit} by layer: ${list.join(', ')}.`;
}
