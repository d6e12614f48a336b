import { runEngine } from './engine';
import { repeated, type Settings } from './settings';
import { fittedExponent, spread } from './statistics';
import { numberRow, type Row, timeRow } from './table';

const FACTORS = [0.5, 1, 2];

export function growth({ engines, percent, rounds }: Settings): Row[] {
  return engines.flatMap((backend) => {
    const byFactor = FACTORS.map((factor) => ({ factor, parameters: 0, prune: [] as number[] }));
    const exponents = repeated(rounds, () =>
      fittedExponent(
        byFactor.map((entry) => {
          const { parameters, prune } = runEngine({ backend, percent, repeat: 3, factor: entry.factor });
          entry.parameters = parameters;
          entry.prune.push(...prune);
          return { x: parameters, y: spread(prune).median };
        }),
      ),
    );
    return [
      ...byFactor.map(({ parameters, prune }) =>
        timeRow(`${backend}: the prune call on ${(parameters / 1e6).toFixed(1)}M parameters`, prune),
      ),
      numberRow(`${backend}: time grows as parameters to the power of`, exponents, { most: 1.1 }),
    ];
  });
}
