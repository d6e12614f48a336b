/** A figure for `Plotly.newPlot(element, data, layout)`, as plain data. */
export interface PlotlyFigure {
  /** What can be seen, in words made from the data: the alternative text. */
  description: string;
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

/** The layout that our 3D figures share: title with the count and the rule below it, fonts, a long axis for out channels, the camera. */
export function sceneLayout(
  title: string,
  rule: string,
  axes: { xaxis: object; yaxis: object; zaxis: object },
): Record<string, unknown> {
  // Counts and rule on lines of their own: one line with both is wider than a notebook.
  const lines = rule.split(': ').map((line) => `<sup>${escapeTags(line)}</sup>`);
  return {
    title: { text: [escapeTags(title), ...lines].join('<br>') },
    margin: { l: 0, r: 0, t: 40 + 20 * lines.length, b: 0 },
    font: { family: 'DejaVu Sans, Verdana, sans-serif' },
    scene: {
      ...axes,
      aspectmode: 'manual',
      aspectratio: { x: 2, y: 1, z: 1 },
      camera: { eye: { x: 2.1, y: -2.1, z: 1.2 }, center: { x: 0, y: 0, z: -0.15 } },
    },
  };
}

/** An axis of channels or kernel positions, numbered from 0. */
export function channelAxis(text: string, length: number): object {
  return { title: { text }, range: [-0.5, length - 0.5], ...(length <= 10 && { dtick: 1 }) };
}

/** Plotly reads tags in titles. */
function escapeTags(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
