import type { ChartSpec } from '../plots/chart';
import { isPictureOnly } from '../plots/isPictureOnly';
import { compileChart, renderPng } from '../plots/renderChart';
import { displayBundle } from './displayBundle';
import { showWords } from './liveChart';

/** Charts with more data than this are drawn on a canvas: ten thousand SVG elements make a page slow. */
const MOST_SVG = 60_000;

/**
 * Shows a chart in the notebook: live where the front end knows Vega (JupyterLab and Notebook 7 do, even in a
 * notebook that is not trusted) or where `startLesson` has put it on the page, as a picture elsewhere, and in
 * words for those who do not see it.
 */
export async function showVega(spec: ChartSpec): Promise<void> {
  const { png, width, height } = await renderPng(spec);
  const picture = { 'image/png': png.toString('base64'), 'text/plain': `[${spec.description}]` };
  // The picture has more pixels than this, so it is sharp.
  const metadata = { 'image/png': { width, height, alt: spec.description } };
  if (isPictureOnly(spec)) {
    displayBundle(picture, { metadata });
    return showWords(spec.description);
  }
  const compiled = compileChart(spec);
  const renderer = JSON.stringify(compiled).length > MOST_SVG ? 'canvas' : 'svg';
  // No "..." menu: its "Open in Vega Editor" leaves the machine.
  const live = { ...compiled, usermeta: { embedOptions: { actions: false, renderer } } };
  displayBundle({ 'application/vnd.vega.v5+json': live, ...picture }, { metadata });
  showWords(spec.description, { library: 'vega', spec: compiled, renderer });
}
