import { runEngine } from './engine';
import { repeated, type Settings } from './settings';
import { numberRow, type Row } from './table';

export function memory({ engines, percent, rounds }: Settings): Row[] {
  return engines.map((backend) => {
    const runs = repeated(rounds, () => {
      const { peak, parameters } = runEngine({ backend, percent });
      return peak[0] / (4 * (parameters[0] + parameters[1]));
    });
    return numberRow(`${backend}: above the process, in weights before + after`, runs, { most: 1.3 });
  });
}
