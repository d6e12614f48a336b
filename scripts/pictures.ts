/** npm run pictures: draws the pictures of README.md into docs/, from the lessons' networks, without a browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as lib from '../src/index';

const DOCS = path.join(__dirname, '..', 'docs');
const PERCENT = 0.5;

async function main(): Promise<void> {
  await lib.useBackend();
  const net = lib.eightConvNet({ inputSize: 8 });
  const conv1 = lib.layerWeight(net, 'conv1', 'kernel');
  const digits = await lib.trainedDigitsNet();
  const conv2 = lib.layerWeight(digits, 'conv2', 'kernel');
  const plan = lib.makePlan(digits, { percent: PERCENT });
  const branched = await lib.trainedResNet();
  const cut = plan.groups.find(({ name }) => name === 'conv2')?.cut;
  const outputsToo = { percent: PERCENT, pruneOutputs: true };
  const charts = {
    'conv1-weights': lib.weightScatter3d(conv1.dataSync(), conv1.shape, { title: 'conv1: 32 filters' }).still,
    'conv2-heatmap': lib.weightHeatmap(conv2.dataSync(), conv2.shape, {
      title: 'conv2 of a network that reads digits',
      cut,
    }),
    'whole-net': lib.netImportance(lib.makePlan(net, outputsToo), lib.pruneCost(net, outputsToo)),
    groups: lib.groupGraph(lib.traceChannels(branched), {
      title: 'What a ResNet has to cut together',
      plan: lib.makePlan(branched, { percent: PERCENT }),
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
