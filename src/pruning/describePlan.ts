import type { Plan } from './makePlan';
import { shareText } from './shareText';

/** What a plan will do, in words: one line a group, the achieved share last. */
export function describePlan({ percent, percentByLayer = {}, importance, groups }: Plan): string {
  const own = Object.entries(percentByLayer).map(([layer, each]) => `${layer} ${each}`);
  const lines = groups.map(({ layers, units, keep, cut, notCut }) => {
    const names = layers.length > 1 ? `${layers.join(' + ')}, cut together` : layers[0];
    if (notCut) return `${names}: all ${units} channels stay, because ${notCut}`;
    return `${names}: ${keep.length} of ${units} channels stay, ${cut.length} go (${shareText(cut.length, units)})`;
  });
  const units = sum(groups.map((group) => group.units));
  const cut = sum(groups.map((group) => group.cut.length));
  return [
    `percent ${[percent, ...own].join(', ')}, importance ${importance}`,
    ...lines.map((line) => `  ${line}`),
    `achieved: ${cut} of ${units} channels go (${shareText(cut, units)})`,
  ].join('\n');
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
