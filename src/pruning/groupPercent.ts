import { requirePercent } from './rank';

/** The share of channels to cut: one for all groups, or by layer name; layers that are not named stay whole. */
export type Percent = number | Record<string, number>;

/**
 * The share to cut of a group, by the layers that produce its channels.
 *
 * @throws RangeError when two of them have different shares: their channels can only be cut together.
 */
export function groupPercent(layers: string[], percent: Percent): number {
  if (typeof percent === 'number') return percent;
  const [first, ...others] = layers.filter((name) => Object.hasOwn(percent, name));
  const other = others.find((name) => percent[name] !== percent[first]);
  if (other !== undefined) {
    throw new RangeError(
      `percent is ${percent[first]} for '${first}' and ${percent[other]} for '${other}', but their channels can ` +
        `only be cut together: name one of them, or give both the same.`,
    );
  }
  return first === undefined ? 0 : percent[first];
}

/** @throws RangeError unless every share is a fraction, 0 <= percent < 1; TypeError for anything else. */
export function requirePercents(percent: Percent): void {
  if (typeof percent !== 'object' || percent === null) {
    requirePercent(percent);
    return;
  }
  for (const share of Object.values(percent)) requirePercent(share);
}

/**
 * Whether a layer is among the names, or lies in a nested model that is: 'backbone' means all of 'backbone/...'.
 */
export function isNamed(layer: string, names: string[]): boolean {
  return names.some((name) => layer === name || layer.startsWith(`${name}/`));
}

/** @throws RangeError when an option names a layer that makes no channels: a misspelt one would do nothing. */
export function requireProducers(option: string, names: string[], producers: string[]): void {
  const unknown = names.find((name) => !producers.some((layer) => isNamed(layer, [name])));
  if (unknown === undefined) return;
  throw new RangeError(
    `${option} names '${unknown}', but no layer of that name makes channels. Those that do: ${producers.join(', ')}.`,
  );
}
