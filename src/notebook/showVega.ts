import type { ChartSpec } from '../plots/chart';
import { compileChart, renderPng } from '../plots/renderChart';
import { displayBundle } from './displayBundle';

/** Charts with more data than this are drawn on a canvas: ten thousand SVG elements make a page slow. */
const MOST_SVG = 60_000;

/**
 * Shows a chart in the notebook: live where the front end knows Vega (JupyterLab and Notebook 7 do, even in a
 * notebook that is not trusted), as a picture elsewhere, and in words for those who do not see it.
 *
 * There is no HTML in the output on purpose: front ends prefer it to Vega and then strip its scripts.
 */
export async function showVega(spec: ChartSpec): Promise<void> {
  const { png, width, height } = await renderPng(spec);
  const compiled = compileChart(spec);
  const renderer = JSON.stringify(compiled).length > MOST_SVG ? 'canvas' : 'svg';
  // No "..." menu: its "Open in Vega Editor" leaves the machine.
  const live = { ...compiled, usermeta: { embedOptions: { actions: false, renderer } } };
  displayBundle(
    {
      'application/vnd.vega.v5+json': live,
      'image/png': png.toString('base64'),
      'text/plain': `[${spec.description}]`,
    },
    // The picture has more pixels than this, so it is sharp.
    { metadata: { 'image/png': { width, height, alt: spec.description } } },
  );
}
