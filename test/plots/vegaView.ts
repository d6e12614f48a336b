import type { ChartSpec } from '../../src/plots/chart';
import { compileChart } from '../../src/plots/renderChart';

export interface Row {
  [field: string]: unknown;
}

export interface View {
  signal(name: string): unknown;
  signal(name: string, value: unknown): View;
  data(name: string): Row[];
  run(): View;
  finalize(): void;
}

/** Runs a chart as a front end does, so that tests read its signals and data. */
export function vegaView(spec: ChartSpec): View {
  const vega = require('vega');
  return new vega.View(vega.parse(compileChart(spec)), { renderer: 'none' }).run();
}

/** All marks' data that a filter accepts, whichever data set Vega-Lite's compiler put them in. */
export function rowsWhere(spec: ChartSpec, view: View, accept: (row: Row) => boolean): Row[] {
  const names = (compileChart(spec).data as { name: string }[]).map(({ name }) => name);
  return names.flatMap((name) => view.data(name)).filter(accept);
}
