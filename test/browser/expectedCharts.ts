import type { Notebook, Output } from '../notebooks/notebook';

export interface Chart {
  /** The place of its cell in the notebook. */
  cell: number;
  /** Live by Vega, live by Plotly, or a picture. */
  kind: 'vega' | 'plotly' | 'picture';
  /** Whether it has a slider. */
  slider: boolean;
}

const VEGA = 'application/vnd.vega.v5+json';

/**
 * @param place who may run code: 'trusted', where scripts of outputs run; 'untrusted', where only Jupyter's own
 *   Vega draws; 'no scripts'.
 * @returns what a reader sees there of a notebook's saved charts, in order.
 */
export function expectedCharts(notebook: Notebook, place: 'trusted' | 'untrusted' | 'no scripts'): Chart[] {
  return notebook.cells.flatMap(({ outputs = [] }, cell) =>
    outputs.flatMap((output, i) => {
      if (!output.data?.['image/png']) return [];
      const kind = kindOf(output, outputs[i + 1]);
      const isLive = place === 'trusted' || (place === 'untrusted' && kind === 'vega');
      return [{ cell, kind: isLive ? kind : 'picture', slider: isLive && hasSlider(output) }];
    }),
  );
}

/** What the output becomes: Jupyter draws Vega itself, and a script in the next output draws what else is live. */
function kindOf({ data = {} }: Output, next?: Output): Chart['kind'] {
  if (data[VEGA]) return 'vega';
  return /<script>/.test(String(next?.data?.['text/html'] ?? '')) ? 'plotly' : 'picture';
}

function hasSlider({ data = {} }: Output): boolean {
  const { signals = [] } = (data[VEGA] ?? {}) as { signals?: { bind?: { input?: string } }[] };
  return signals.some(({ bind }) => bind?.input === 'range');
}
