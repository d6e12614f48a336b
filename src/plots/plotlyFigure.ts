import type { ChartSpec } from './chart';

/** A figure for `Plotly.newPlot(element, data, layout)`, as plain data. */
export interface PlotlyFigure {
  /** What can be seen, in words made from the data: the alternative text. */
  description: string;
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
  /** The same as a picture, for places without scripts or WebGL. */
  still: ChartSpec;
}

/**
 * The layout that our 3D figures share: title with the count and the rule below it, fonts, a long axis for out
 * channels, the camera.
 */
export function sceneLayout(
  title: string,
  rule: string,
  axes: { xaxis: object; yaxis: object; zaxis: object },
): Record<string, unknown> {
  // The count and the rule on lines of their own: one line with both is wider than a notebook.
  const lines = rule.split(': ').map(escapeTags);
  return {
    title: {
      text: escapeTags(title),
      subtitle: { text: lines.join('<br>'), font: { size: 12 } },
    },
    margin: { l: 0, r: 0, t: 50 + 15 * lines.length, b: 0 },
    font: { family: 'DejaVu Sans, Verdana, sans-serif' },
    scene: {
      ...axes,
      aspectmode: 'manual',
      aspectratio: { x: 2, y: 1, z: 1 },
      camera: { eye: { x: 1.8, y: -1.8, z: 1.15 }, center: { x: 0.05, y: 0, z: -0.2 } },
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
