import { RULES } from '../../src/pruning/rules';
import { markdownTable } from './markdownTable';
import { type Outcome, probeLayer } from './probeLayer';
import { PROBES, type Probe } from './probes';

/**
 * What the rule of every layer type does, found by letting it work on small models. Types that behave alike share a
 * row.
 *
 * @throws Error for a type that cannot be made with what `PROBES` says of it, by name.
 */
export function layerTable(): string {
  const rows = new Map<string, string[]>();
  for (const type of Object.keys(RULES)) {
    const row = rowOf(type, PROBES[type] ?? [{}]).join(' | ');
    rows.set(row, [...(rows.get(row) ?? []), `\`${type}\``]);
  }
  return markdownTable([
    ['layer types', 'what each does with the channels that come in', 'weights that are cut'],
    ...[...rows].map(([row, types]) => [types.join(', '), row]),
  ]);
}

function rowOf(type: string, probes: Probe[]): string[] {
  const outcomes = probes.map((probe) => outcomeOf(type, probe));
  const does = outcomes.map((outcome, i) => {
    const { when } = probes[i];
    return when ? `${when}: ${outcome.does}` : outcome.does;
  });
  const cut = [...new Set(outcomes.flatMap((outcome) => outcome.cut))];
  return [does.join('; '), cut.map((weight) => `\`${weight}\``).join(', ')];
}

function outcomeOf(type: string, probe: Probe): Outcome {
  try {
    return probeLayer(type, probe);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `A model with a ${type} could not be looked at: ${message} See scripts/rules/probes.ts.`,
      {
        cause: error,
      },
    );
  }
}
