import type { costAt } from '../report/costAt';
import type { CostTerm, PruneCost } from '../report/pruneCost';
import { countText } from './numberText';

/** By group: how many channels stay, or the name of the signal that says it. */
type KeptOf = (group: string) => number | string;

/** What `costAt` answers. */
type Figures = ReturnType<typeof costAt>;

/** The signals `parametersLeft` and `multiplyAddsLeft`, computed inside the chart as `costAt` computes them. */
export function costSignals({ parameters, multiplyAdds }: PruneCost, keptOf: KeptOf): object[] {
  const signals = [{ name: 'parametersLeft', expr: sumExpression(parameters, keptOf) }];
  if (multiplyAdds) signals.push({ name: 'multiplyAddsLeft', expr: sumExpression(multiplyAdds, keptOf) });
  return signals;
}

/**
 * For each figure of the cost one expression, a text such as '25,164,720 of 100,658,016 parameters (25.00%)';
 * where multiply-adds cannot be counted, only parameters.
 *
 * @param whole the figures before the cut.
 */
export function costTexts(whole: Figures): string[] {
  const text = (signal: string, count: number, unit: string) =>
    `format(${signal}, ',d') + ' of ${countText(count)} ${unit} (' + format(${signal} / ${count || 1}, '.2%') + ')'`;
  const texts = [text('parametersLeft', whole.parameters, 'parameters')];
  const { multiplyAdds } = whole;
  if (multiplyAdds !== null) texts.push(text('multiplyAddsLeft', multiplyAdds, 'multiply-adds'));
  return texts;
}

/** The same figures for a description. */
export function costWords(whole: Figures, left: Figures): string {
  const text = (part: number, count: number, unit: string) =>
    `${countText(part)} of ${countText(count)} ${unit}`;
  const parameters = text(left.parameters, whole.parameters, 'parameters');
  if (whole.multiplyAdds === null || left.multiplyAdds === null) return parameters;
  return `${parameters} and ${text(left.multiplyAdds, whole.multiplyAdds, 'multiply-adds')}`;
}

/** A sum of products as an expression: what is known is multiplied out, what depends on the slider stays. */
function sumExpression(terms: readonly CostTerm[], keptOf: KeptOf): string {
  const sums = new Map<string, number>();
  for (const { factor, groups } of terms) {
    const kept = groups.map(keptOf);
    const number = kept.reduce<number>((all, one) => (typeof one === 'number' ? all * one : all), factor);
    const signals = kept.filter((one) => typeof one === 'string').sort();
    const key = signals.join(' * ');
    sums.set(key, number + (sums.get(key) ?? 0));
  }
  const parts = Array.from(sums, ([signals, factor]) => (signals ? `${factor} * ${signals}` : `${factor}`));
  return parts.join(' + ') || '0';
}
