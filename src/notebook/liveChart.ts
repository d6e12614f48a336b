import { createHash } from 'node:crypto';
import { displayBundle } from './displayBundle';
import { escapeHtml } from './escapeHtml';
import { pack } from './pack';

/** What `page/liveCharts.js` draws. */
export type LiveChart =
  | { library: 'vega'; spec: object; renderer: 'svg' | 'canvas' }
  | { library: 'plotly'; data: object[]; layout: object };

/**
 * Shows, under the picture of the output before, what can be seen in words; and turns that picture into a live
 * chart where scripts run and `chartLibraries` has put the library on the page.
 *
 * It is an output of its own because front ends prefer HTML to Vega and strip its scripts in a notebook that is
 * not trusted: a chart whose output holds HTML would never be live there.
 *
 * @param description the chart in words.
 * @param chart nothing for a chart that stays a picture.
 */
export function showWords(description: string, chart?: LiveChart): void {
  const words = `<details><summary><small>in words</small></summary><small>${escapeHtml(description)}</small></details>`;
  displayBundle({ 'text/html': chart ? `${words}${script(chart)}` : words, 'text/plain': '' });
}

/** By name and not by place in the page: front ends make script elements anew, elsewhere. */
function script(chart: LiveChart): string {
  const packed = pack(JSON.stringify(chart));
  const name = createHash('sha256').update(packed).digest('hex').slice(0, 12);
  // The elements are taken now: when the library comes, a long notebook may have taken them off the page.
  return (
    `<span data-chart="${name}"></span><script>{const packed = '${packed}';\n` +
    `const marks = [...document.querySelectorAll('[data-chart="${name}"]')];\n` +
    'if (window.liveCharts) liveCharts.draw(packed, marks);\n' +
    "else addEventListener('live-charts', () => liveCharts.draw(packed, marks), { once: true });}</script>"
  );
}
