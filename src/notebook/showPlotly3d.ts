import type { ChartSpec } from '../plots/chart';
import { renderPng } from '../plots/renderChart';
import { displayBundle } from './displayBundle';
import { escapeHtml } from './escapeHtml';

/**
 * Shows a 3D scatter in the notebook as a still picture with a text alternative. The figure that can be turned
 * needs Plotly (1.5 MB), which a saved notebook does not carry: `npm run prune -- --plt_3d` writes it as a page.
 *
 * @param still the scatter as `weightScatterStill` draws it.
 */
export async function showPlotly3d(still: ChartSpec): Promise<void> {
  const { png, width, height } = await renderPng(still, 1);
  const base64 = png.toString('base64');
  const alt = escapeHtml(still.description);
  displayBundle(
    {
      'text/html': `<img alt="${alt}" width="${width}" height="${height}" src="data:image/png;base64,${base64}">`,
      'image/png': base64,
      'text/plain': `[${still.description}]`,
    },
    { metadata: { 'image/png': { width, height, alt: still.description } } },
  );
}
