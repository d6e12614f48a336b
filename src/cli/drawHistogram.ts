import { scriptJson } from '../notebook/embedded';
import { compileChart, renderPng, vegaSource } from '../plots/renderChart';
import { weightHistogram } from '../plots/weightHistogram';
import { chartPage } from './chartPage';
import { type Drawing, PICTURE_SCALE } from './drawing';

/** The original's 2D plot: a histogram with 50 bins, mean and standard deviation, as picture and as page. */
export async function drawHistogram(values: ArrayLike<number>, title: string): Promise<Drawing> {
  const spec = weightHistogram(values, { title });
  const { png, width } = await renderPng(spec, PICTURE_SCALE);
  const script = `const spec = ${scriptJson(compileChart(spec))};
const element = document.getElementById('chart');
element.replaceChildren();
new vega.View(vega.parse(spec), { renderer: 'svg', container: element, hover: true }).runAsync();`;
  const { description } = spec;
  return { png, html: chartPage({ title, description, png, width, library: vegaSource(), script }) };
}
