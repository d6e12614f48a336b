/** npm run pictures: draws the pictures of README.md into docs/, from the seeded network, without a browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as lib from '../src/index';

const DOCS = path.join(__dirname, '..', 'docs');
const PERCENT = 0.5;

async function main(): Promise<void> {
  await lib.useBackend();
  const net = lib.eightConvNet({ inputSize: 8 });
  const small = lib.prune(net, { percent: PERCENT, pruneOutputs: true });
  const kernel = lib.layerWeight(net, 'conv1', 'kernel');
  const rows = lib.compare(net, small).layers.map(({ name, parameters }) => ({ layer: name, ...parameters }));
  const charts = {
    'conv1-weights': lib.weightScatterStill(kernel.dataSync(), kernel.shape, { title: 'conv1: 32 filters' }),
    'conv1-norms': lib.channelNorms(lib.l1Norms(net, 'conv1'), { layer: 'conv1', percent: PERCENT }),
    'before-after': lib.widthsBeforeAfter(rows, {
      title: `Parameters of each layer before and after pruning, percent ${PERCENT}`,
      unit: 'parameters',
    }),
  };
  mkdirSync(DOCS, { recursive: true });
  for (const [name, chart] of Object.entries(charts)) {
    const file = path.join(DOCS, `${name}.png`);
    writeFileSync(file, (await lib.renderPng(chart)).png);
    console.log(`docs/${name}.png: ${chart.description}`);
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
