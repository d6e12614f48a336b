import type { PlotlyFigure } from '../plots/plotlyFigure';
import { renderPng } from '../plots/renderChart';
import { displayBundle } from './displayBundle';
import { showWords } from './liveChart';

/**
 * Shows a 3D figure in the notebook: as a picture at once, and as a figure that can be turned where scripts and
 * WebGL run and `startLesson({ plotly: true })` has put Plotly on the page. A page keeps at most 12 such figures
 * live; the oldest become pictures again.
 *
 * @param figure as `weightScatter3d` and `normSurface3d` make it.
 */
export async function showPlotly3d({ data, layout, description, still }: PlotlyFigure): Promise<void> {
  const { png, width, height } = await renderPng(still, 1);
  displayBundle(
    { 'image/png': png.toString('base64'), 'text/plain': `[${description}]` },
    { metadata: { 'image/png': { width, height, alt: description } } },
  );
  showWords(description, { library: 'plotly', data, layout });
}
