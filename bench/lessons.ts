import { type KernelTimes, measureKernel, measureLessons, measurePrepared, READING_MS } from './notebooks';
import type { Settings } from './settings';
import { type Row, timeRow } from './table';

export async function lessons({ rounds }: Settings): Promise<Row[]> {
  process.env.PRUNING_BACKEND = 'wasm';
  const kernel: KernelTimes = { firstImport: [], preparedImport: [], firstChart: [], rerun: [] };
  for (let round = 0; round < rounds; round++) {
    await measureKernel(kernel);
    await measurePrepared(kernel);
  }
  return [
    timeRow('kernel start + first import', kernel.firstImport, 3),
    timeRow(`first import, ${READING_MS / 1000} s after the kernel started`, kernel.preparedImport, 3),
    timeRow('kernel start to first chart, lesson 00', kernel.firstChart),
    timeRow('percent changed, its cell run again (100.66M)', kernel.rerun, 1),
    ...(await measureLessons()).map(({ name, seconds }) =>
      timeRow(`${name}, top to bottom through Jupyter`, [seconds * 1000], 90),
    ),
  ];
}
