/**
 * The share to cut of a group: that which `byLayer` gives one of the layers that produce its channels, else
 * `percent`.
 *
 * @throws RangeError when two of the layers have different shares: their channels can only be cut together.
 */
export function groupPercent(layers: string[], percent: number, byLayer: Record<string, number>): number {
  const [first, ...others] = layers.filter((name) => Object.hasOwn(byLayer, name));
  const other = others.find((name) => byLayer[name] !== byLayer[first]);
  if (other !== undefined) {
    throw new RangeError(
      `percentByLayer has ${byLayer[first]} for '${first}' and ${byLayer[other]} for '${other}', but their ` +
        `channels can only be cut together: name one of them, or give both the same.`,
    );
  }
  return first === undefined ? percent : byLayer[first];
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
