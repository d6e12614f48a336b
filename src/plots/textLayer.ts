import { COLOURS } from './chart';

export interface TextLayerOptions {
  /** Which field of the rows is written. */
  field: string;
  align: 'left' | 'right';
  /** In pixels from the left edge of the plot. */
  x: number;
  fontSize?: number;
  /** The most pixels that a text may take; a longer one ends in dots. Default: no limit. */
  limit?: number;
  /** What makes the field, where it depends on a signal. */
  transform?: object[];
}

/** One text a row, beside or between marks; `middle` is its place on the chart's y axis. */
export function textLayer(
  rows: readonly { middle: number }[],
  { field, align, x, fontSize = 11, limit, transform = [] }: TextLayerOptions,
): object {
  return {
    data: { values: rows },
    transform,
    mark: { type: 'text', align, baseline: 'middle', color: COLOURS.ink, fontSize, ...(limit && { limit }) },
    encoding: {
      x: { value: x },
      y: { field: 'middle', type: 'quantitative' },
      text: { field, type: 'nominal' },
    },
  };
}
