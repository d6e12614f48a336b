import { costAt } from '../report/costAt';
import type { PruneCost } from '../report/pruneCost';
import { costSignals, costTexts, costWords } from './costTexts';

/**
 * What a chart of one layer says about the whole net, of which only this layer is cut.
 *
 * @param n the channels that the chart shows.
 * @returns signals and lines of text that need a signal `cut`, and the same in words for so many kept channels.
 * @throws RangeError for a layer that the cost does not know, that has other channels there, or that is not cut.
 */
export function oneLayerCost(cost: PruneCost, layer: string, n: number) {
  const group = groupOf(cost, layer, n);
  const units = new Map(cost.groups.map((each) => [each.name, each.units]));
  const whole = costAt(cost, (each) => each.units);
  const [parameters, multiplyAdds] = costTexts(whole);
  return {
    signals: [
      { name: 'kept', expr: `${n} - cut` },
      ...costSignals(cost, (name) => (name === group ? 'kept' : (units.get(name) as number))),
    ],
    lines: [
      `'with only this cut the net keeps ' + ${parameters}`,
      ...(multiplyAdds ? [`'and ' + ${multiplyAdds}`] : []),
    ],
    words: (kept: number) => {
      const left = costAt(cost, (each) => (each.name === group ? kept : each.units));
      return ` With only this layer cut, the whole net keeps ${costWords(whole, left)}.`;
    },
  };
}

function groupOf({ groups }: PruneCost, layer: string, n: number): string {
  const group = groups.find(({ layers }) => layers.includes(layer));
  if (!group) {
    const known = groups.flatMap(({ layers }) => layers).join(', ');
    throw new RangeError(`The cost has no layer '${layer}'. Its layers: ${known}.`);
  }
  const { name, units, notCut } = group;
  if (units !== n) {
    throw new RangeError(`Expected ${units} norms of the channels of ${layer} but found ${n}.`);
  }
  if (notCut) {
    throw new RangeError(
      `The channels of ${layer} are not cut (${notCut}), so there is no cost to show; leave cost out.`,
    );
  }
  return name;
}
