import assert from 'node:assert/strict';
import type { ChartSpec } from '../../src/plots/chart';
import { compileChart } from '../../src/plots/renderChart';

export interface Row {
  [field: string]: unknown;
}

export interface View {
  signal(name: string): unknown;
  signal(name: string, value: unknown): View;
  data(name: string): Row[];
  scenegraph(): { root: Scene };
  run(): View;
  finalize(): void;
}

/** A mark of Vega's scene with its items, or an item with its marks. */
interface Scene {
  marktype?: string;
  items?: Scene[];
  text?: string | string[];
  opacity?: number;
  datum?: Row;
}

/** Every item of every mark that a chart draws now, and of a line its points. */
export function markItems(view: View): Scene[] {
  const collect = (scene: Scene): Scene[] => [scene, ...(scene.items ?? []).flatMap(collect)];
  return collect(view.scenegraph().root).filter(({ datum }) => datum);
}

/** Every text that a chart shows now: title and subtitle, axes, labels; one entry a line. */
export function shownTexts(view: View): string[] {
  const collect = ({ items = [], text = [] }: Scene): unknown[] => [text, items.map(collect)].flat(2);
  return collect(view.scenegraph().root).map(String);
}

/** Fails unless a text on the chart contains these words. */
export function assertShown(view: View, words: string): void {
  const texts = shownTexts(view);
  assert.ok(
    texts.some((text) => text.includes(words)),
    `'${words}' is not among ${texts.join(', ')}`,
  );
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
