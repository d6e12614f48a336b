import { runEngine } from './engine';
import { repeated, type Settings } from './settings';
import { numberRow, type Row } from './table';

export function memory({ engines, percent, rounds }: Settings): Row[] {
  return engines.map((backend) => {
    const task = { backend, percent, memory: true };
    const runs = repeated(rounds, () => runEngine<{ times: number }>(task).times);
    return numberRow(`${backend}: above the process, in weights before + after`, runs, { most: 1.3 });
  });
}
