import { readFileSync } from 'node:fs';
import { scriptJson } from '../notebook/embedded';
import { renderPng } from '../plots/renderChart';
import { weightScatter3d } from '../plots/weightScatter3d';
import { chartPage } from './chartPage';
import { type Drawing, PICTURE_SCALE } from './drawing';

/** The original's 3D plot: a still picture, and a page with Plotly's figure, which can be turned. */
export async function drawScatter(
  values: ArrayLike<number>,
  shape: readonly number[],
  title: string,
): Promise<Drawing> {
  const { data, layout, description, still } = weightScatter3d(values, shape, { title });
  const { png, width } = await renderPng(still, PICTURE_SCALE);
  const library = readFileSync(require.resolve('plotly.js-dist-min'), 'utf8');
  // Where there is no WebGL the still picture stays. "Share chart" would upload the figure.
  const script = `const probe = document.createElement('canvas');
if (probe.getContext('webgl2') || probe.getContext('webgl')) {
  const element = document.getElementById('chart');
  element.replaceChildren();
  element.style.height = '600px';
  Plotly.newPlot(element, ${scriptJson(data)}, ${scriptJson(layout)},
    { responsive: true, displaylogo: false, showSendToCloud: false });
}`;
  return { png, html: chartPage({ title, description, png, width, library, script }) };
}
