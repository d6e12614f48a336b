import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { tf } from '../../src/backend/tf';
import { useBackend } from '../../src/backend/useBackend';
import { resNet } from '../../src/nets/resNet';
import { vggNet } from '../../src/nets/vggNet';
import { yoloBlock } from '../../src/nets/yoloBlock';
import type { ChartSpec } from '../../src/plots/chart';
import { groupGraph } from '../../src/plots/groupGraph';
import { renderSvg } from '../../src/plots/renderChart';
import { makePlan } from '../../src/pruning/makePlan';
import { traceChannels } from '../../src/pruning/traceChannels';
import { ENGINE } from '../engines';
import { markItems, type Row, rowsWhere, vegaView } from './vegaView';

before(() => useBackend(ENGINE));

interface Drawn {
  boxes: Row[];
  chips: Row[];
  points: Row[];
}

function drawn(spec: ChartSpec): Drawn {
  const view = vegaView(spec);
  const rows = (accept: (row: Row) => boolean) => {
    const met = new Map(rowsWhere(spec, view, accept).map((row) => [JSON.stringify({ ...row }), row]));
    return [...met.values()];
  };
  const boxes = rows((row) => 'layers' in row && 'x2' in row);
  const chips = rows((row) => 'letter' in row && 'x2' in row && Number(row.x) < Number(row.x2) - 15);
  const points = rows((row) => 'order' in row && 'edge' in row);
  view.finalize();
  return { boxes, chips, points };
}

/** What stands in a box, from left to right: its letters, its name. */
function labels({ boxes, chips }: Drawn): string[] {
  return boxes.map((box) => {
    const own = chips.filter(
      (chip) => chip.y === box.y && Number(chip.x) >= Number(box.x) && Number(chip.x2) <= Number(box.x2),
    );
    const letters = own.sort((a, b) => Number(a.x) - Number(b.x)).map(({ letter }) => letter);
    return [...letters, box.layer].join(' ');
  });
}

function drawOf(model: tf.LayersModel, percent?: number): ChartSpec {
  const plan = percent === undefined ? undefined : makePlan(model, { percent });
  return groupGraph(traceChannels(model), { plan });
}

test('layers that are cut together have the same letter, and a concatenation has those of its parts in order', () => {
  const model = yoloBlock({ inputSize: 8, width: 8, bottlenecks: 1 });
  assert.deepEqual(labels(drawn(drawOf(model))), [
    'input',
    'A stem_conv',
    'B left_conv',
    'C bottleneck1_conv1',
    'B bottleneck1_conv2',
    'B bottleneck1_add',
    'D right_conv',
    'B D join',
    'E join_conv',
    'F pyramid_conv1',
    'F pyramid_pool1',
    'F pyramid_pool2',
    'F pyramid_pool3',
    'F F F F pyramid_join',
    'G pyramid_conv2',
    'H detect',
  ]);
  model.dispose();
});

test('batch norms, activations and poolings stand in the box of their layer', () => {
  const model = resNet({ inputSize: 8, widths: [4], blocks: 1, classes: 2 });
  const { boxes } = drawn(drawOf(model));
  assert.deepEqual(
    boxes.map(({ layer, layers }) => `${layer}: ${layers}`),
    [
      'input: InputLayer',
      'stem_conv: Conv2D · BatchNormalization · ReLU',
      'stage1_block1_conv1: Conv2D · BatchNormalization · ReLU',
      'stage1_block1_conv2: Conv2D · BatchNormalization',
      'stage1_block1_add: Add · ReLU · GlobalAveragePooling2D',
      'classes: Dense',
    ],
  );
  model.dispose();
});

test('one colour a group, grey where nothing is cut, and a line has the colour of the channels that it carries', () => {
  const model = resNet({ inputSize: 8, widths: [4], blocks: 1, classes: 2 });
  const { chips, points } = drawn(drawOf(model));
  const colours = new Map(chips.map(({ letter, colour }) => [letter, colour]));
  for (const { letter, colour } of chips) assert.equal(colour, colours.get(letter));
  assert.equal(new Set(colours.values()).size, 3);
  assert.equal(colours.get('C'), '#9A9A9A');
  const into = (layer: string) => [
    ...new Set(points.filter(({ to }) => to === layer).map(({ colour }) => colour)),
  ];
  assert.deepEqual(into('stage1_block1_conv2'), [colours.get('B')]);
  assert.deepEqual(into('stage1_block1_add'), [colours.get('A')]);
  model.dispose();
});

test('counts what a plan leaves of each box, behind a flatten in places', async () => {
  const model = vggNet({ inputSize: 8, stages: [[6], [5]], classes: 3 });
  const spec = drawOf(model, 0.5);
  const counts = drawn(spec).boxes.map(({ layer, channels }) => `${layer} ${channels}`);
  // 8 pixels are halved twice: 4 places for each of 5 channels
  assert.deepEqual(counts, ['input ', 'conv1 6 → 3', 'conv2 5 → 3', 'flatten 20 → 12', 'classes 3']);
  assert.ok((await renderSvg(spec)).includes('>20 → 12<'));
  assert.equal(
    spec.description,
    "Channels that go together: the network's layers as a graph, in groups. A conv1, 3 of 6 cut; B conv2, " +
      '2 of 5 cut; C classes, 3 channels (not cut: classes is an output of the model (pruneOutputs: true cuts it, too)).',
  );
  model.dispose();
});

test('no two boxes overlap, all lie within the picture, and every line goes down', () => {
  const model = yoloBlock({ inputSize: 8, width: 8, bottlenecks: 3 });
  const spec = drawOf(model);
  const { boxes, points } = drawn(spec);
  const number = (row: Row, field: string) => Number(row[field]);
  for (const [i, a] of boxes.entries()) {
    assert.ok(number(a, 'x') >= 0 && number(a, 'x2') <= Number(spec.width));
    assert.ok(number(a, 'y') >= 0 && number(a, 'y2') <= Number(spec.height));
    for (const b of boxes.slice(i + 1)) {
      const apart =
        number(a, 'x2') <= number(b, 'x') ||
        number(b, 'x2') <= number(a, 'x') ||
        number(a, 'y2') <= number(b, 'y') ||
        number(b, 'y2') <= number(a, 'y');
      assert.ok(apart, `${a.layer} overlaps ${b.layer}`);
    }
  }
  const edges = new Map<unknown, Row[]>();
  for (const point of points) edges.set(point.edge, [...(edges.get(point.edge) ?? []), point]);
  assert.ok(edges.size >= boxes.length - 1);
  for (const edge of edges.values()) {
    const heights = edge
      .sort((a, b) => number(a, 'order') - number(b, 'order'))
      .map((row) => number(row, 'y'));
    assert.deepEqual(
      heights,
      [...heights].sort((a, b) => a - b),
    );
  }
  model.dispose();
});

test('the mouse on a letter fades the boxes and lines of the other groups, and off it brings them back', () => {
  const model = yoloBlock({ inputSize: 8, width: 8, bottlenecks: 1 });
  const spec = drawOf(model);
  const view = vegaView(spec);
  /** The letters of what is drawn at full strength, chips and lines. */
  const clear = () => {
    const marks = markItems(view).filter(({ datum }) => datum && 'letter' in datum && 'colour' in datum);
    return [
      ...new Set(marks.filter(({ opacity }) => opacity === 1).map(({ datum }) => datum?.letter)),
    ].sort();
  };
  const all = clear();
  assert.deepEqual(all, ['', 'A', 'B', 'B D', 'C', 'D', 'E', 'F', 'G', 'H']);
  view
    .signal('pointed_tuple', { unit: 'layer_2', fields: [{ type: 'E', field: 'letter' }], values: ['B'] })
    .run();
  assert.deepEqual(clear(), ['B']);
  view.signal('pointed_tuple', null).run();
  assert.deepEqual(clear(), all);
  view.finalize();
  model.dispose();
});

test('what a layer reads stands in the order of its inputs', () => {
  const model = yoloBlock({ inputSize: 8, width: 8, bottlenecks: 1 });
  const { boxes } = drawn(drawOf(model));
  const [left, right] = ['bottleneck1_add', 'right_conv'].map((name) =>
    boxes.find(({ layer }) => layer === name),
  );
  assert.equal(left?.y, right?.y);
  assert.ok(Number(left?.x2) < Number(right?.x));
  model.dispose();
});

test('more groups than letters and colours: the letters go on with AA', () => {
  const model = vggNet({ inputSize: 4, stages: [new Array(30).fill(2)] });
  const letters = drawn(drawOf(model)).chips.map(({ letter }) => letter);
  assert.deepEqual([letters[0], letters[25], letters[26], letters[27]], ['A', 'Z', 'AA', 'AB']);
  assert.equal(new Set(letters).size, 31);
  model.dispose();
});

test('layer names and titles are data', async () => {
  const model = vggNet({ inputSize: 4, stages: [[2]] });
  const trace = traceChannels(model);
  const name = `it's \\ "conv" </script>`;
  const layers = trace.layers.map((layer) => ({ ...layer, layer: name }));
  const spec = groupGraph({ ...trace, layers }, { title: name });
  assert.ok(drawn(spec).boxes.every(({ layer }) => layer === name));
  model.dispose();
});

test('refuses to draw what nobody could follow', () => {
  const model = vggNet({ inputSize: 4, stages: [new Array(400).fill(1)] });
  assert.throws(() => groupGraph(traceChannels(model)), {
    name: 'RangeError',
    message:
      'A picture shows at most 400 boxes, but this model would need 403; explain(plan, model) says the same in words.',
  });
  model.dispose();
});

test('refuses a plan that is not for these groups', () => {
  const [model, other] = [vggNet({ inputSize: 4, stages: [[2]] }), vggNet({ inputSize: 4, stages: [[3]] })];
  const plan = makePlan(other, { percent: 0.5 });
  assert.throws(() => groupGraph(traceChannels(model), { plan }), {
    name: 'RangeError',
    message: /^The plan's keep and cut of 'conv1' must together name each of its 2 channels once/,
  });
  model.dispose();
  other.dispose();
});
