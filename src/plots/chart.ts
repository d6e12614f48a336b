/** A Vega-Lite chart as plain data. Every chart of ours describes itself in words. */
export interface ChartSpec {
  $schema: string;
  /** What can be seen, in one or two sentences made from the data: the alternative text of the picture. */
  description: string;
  [property: string]: unknown;
}

/** Okabe and Ito's colours: people with any common colour blindness tell them apart, and so does a grey printer. */
export const COLOURS = { kept: '#0072B2', cut: '#E69F00', ink: '#333333', grey: '#9A9A9A' };

/** Diverging colours from the lowest to the highest weight, zero in the middle: blue, grey, red. */
export const DIVERGING = ['#08519c', '#5a9bd4', '#e8e8e8', '#e2705c', '#a50f15'];

/** The same with a zero that can be seen on white: for dots, which have no neighbour to stand out against. */
export const DIVERGING_DOTS = ['#08519c', '#5a9bd4', '#c4c4c4', '#e2705c', '#a50f15'];

/** Axis labels such as 0, 500, 1k, 2.5M: each with the prefix that suits it. */
export const SHORT_NUMBERS = "format(datum.value, '~s')";

/** A colour scale from -limit to limit; all-zero data gets a scale too. */
export function divergingScale(limit: number, range: string[] = DIVERGING): object {
  const top = limit > 0 ? limit : 1;
  return { domain: [-top, -top / 2, 0, top / 2, top], range };
}

/**
 * Completes a Vega-Lite specification with what all charts share: schema, description, fonts and frame.
 *
 * @param description what can be seen, for readers who do not see the picture.
 * @param body title, size, data, marks.
 */
export function chart(description: string, body: object): ChartSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    description,
    background: 'white',
    padding: 8,
    config: {
      font: 'DejaVu Sans, Verdana, sans-serif',
      axis: { labelColor: COLOURS.ink, titleColor: COLOURS.ink, titleFontWeight: 'normal', titlePadding: 8 },
      title: { anchor: 'start', fontSize: 14, subtitleColor: '#555555', subtitlePadding: 4, offset: 10 },
      legend: { titleFontWeight: 'normal' },
      view: { stroke: null },
      // Images of data keep their pixels' edges; a mark cannot say so itself in Vega-Lite.
      style: { pixels: { smooth: false } },
    },
    ...body,
  };
}
