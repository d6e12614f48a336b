import type { BackendName } from '../src/index';
import { appendTimes, type EngineTask, type EngineTimes, emptyTimes, runEngine } from './engine';
import type { Settings } from './settings';
import { fittedExponent, spread } from './statistics';
import { numberRow, type Row, timeRow } from './table';

/** Nets of growing size; `size` is what the exponent is fitted in. */
interface Series {
  tasks: Partial<EngineTask>[];
  size(task: Partial<EngineTask>, run: EngineTimes): number;
  name(size: number): string;
  grows: string;
  memory(run: EngineTimes): number[];
  memoryName: string;
}

/** From 100M parameters on: of smaller nets' memory, what the engine itself lets go meanwhile is a large part. */
const WIDER: Series = {
  tasks: [1, 1.4, 2].map((factor) => ({ factor })),
  size: (_, { parameters }) => parameters[0],
  name: (parameters) => `the prune call on ${(parameters / 1e6).toFixed(1)}M parameters`,
  grows: 'as parameters',
  memory: ({ peak }) => peak,
  memoryName: 'peak memory above the process',
};

const DEEPER: Series[] = (['plain', 'residual'] as const).map((net) => ({
  tasks: [125, 250, 500, 1000].map((blocks) => ({ net, blocks })),
  size: ({ blocks }) => blocks as number,
  name: (blocks) => `the prune call on a ${net} chain of ${blocks} x (conv, batch norm, ReLU)`,
  grows: `as the layers of a ${net} chain`,
  memory: ({ inUse }) => inUse,
  memoryName: 'memory in use at its fullest, garbage not counted,',
}));

export function growth({ engines, percent, rounds }: Settings): Row[] {
  return [
    ...engines.flatMap((backend) => seriesRows(WIDER, { backend, percent }, rounds)),
    // what a layer costs beside its weights is JavaScript, the same on every engine
    ...DEEPER.flatMap((series) => seriesRows(series, { backend: 'wasm', percent }, rounds)),
  ];
}

interface Engine {
  backend: BackendName;
  percent: number;
}

function seriesRows(series: Series, engine: Engine, rounds: number): Row[] {
  const { tasks, size, name, grows, memory, memoryName } = series;
  const times = tasks.map(emptyTimes);
  const exponents = {
    prune: [] as number[],
    own: [] as number[],
    join: [] as number[],
    memory: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    const runs = tasks.map((task) => runEngine({ ...engine, repeat: 5, ...task }));
    runs.forEach((run, i) => {
      appendTimes(times[i], run);
    });
    const fit = (part: (run: EngineTimes) => number[]) =>
      fittedExponent(runs.map((run, i) => ({ x: size(tasks[i], run), y: spread(part(run)).median })));
    exponents.prune.push(fit(({ prune }) => prune));
    exponents.own.push(fit(({ prune, join }) => prune.map((time, i) => time - join[i])));
    exponents.join.push(fit(({ join }) => join));
    exponents.memory.push(fit(memory));
  }
  const { backend } = engine;
  const rows = times.flatMap((each, i) => {
    const what = `${backend}: ${name(size(tasks[i], each))}`;
    const megabytes = memory(each).map((bytes) => bytes / 2 ** 20);
    return [timeRow(what, each.prune), numberRow(`${what}: ${memoryName} in MB`, megabytes)];
  });
  rows.push(numberRow(`${backend}: time grows ${grows} to the power of`, exponents.prune, { most: 1.1 }));
  if (series !== WIDER) {
    const without = `${backend}: without the joining of layers to a model by TensorFlow.js, time grows ${grows} to the power of`;
    rows.push(numberRow(without, exponents.own, { most: 1.1 }));
    rows.push(
      numberRow(`${backend}: that joining alone, time grows ${grows} to the power of`, exponents.join),
    );
  }
  rows.push(
    numberRow(`${backend}: ${memoryName} grows ${grows} to the power of`, exponents.memory, { most: 1.1 }),
  );
  return rows;
}
