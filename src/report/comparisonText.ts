import { countText } from '../plots/numberText';
import type { BeforeAfter, Comparison } from './compare';
import { textTable } from './textTable';

const HEAD = ['layer', 'class', 'kernel', 'channels', 'cut', 'parameters', 'multiply-adds', 'memory'];

/** A comparison as plain text: one aligned row a layer, then one line each for the three totals. */
export function comparisonText(comparison: Comparison): string {
  return [textTable([HEAD, ...layerRows(comparison)], [4]), '', ...totalLines(comparison)].join('\n');
}

/** The same for a notebook: a Markdown table that leaves out what can be computed from the rest, and the totals. */
export function comparisonMarkdown(comparison: Comparison): string {
  const line = (cells: string[]) => `| ${cells.join(' | ').replaceAll(' -> ', ' → ')} |`;
  return [
    line(['layer', 'channels', 'cut', 'kernel', 'parameters', 'multiply-adds']),
    '| --- | --- | ---: | --- | --- | --- |',
    ...comparison.layers.map(({ name, channels, cut, kernel, parameters, multiplyAdds }) =>
      line([
        name,
        arrow(channels, countText),
        percentText(cut).replace(' ', '\u00a0'),
        arrow(kernel, shapeText),
        arrow(parameters, countText),
        arrow(multiplyAdds, (count) => (count === null ? '?' : metricText(count))),
      ]),
    ),
    '',
    ...totalLines(comparison).map((text) => `- ${text}`),
  ].join('\n');
}

function layerRows({ layers }: Comparison): string[][] {
  return layers.map(({ name, className, kernel, channels, cut, parameters, multiplyAdds, bytes }) => [
    name,
    className,
    arrow(kernel, shapeText),
    arrow(channels, countText),
    percentText(cut),
    arrow(parameters, countText),
    arrow(multiplyAdds, orUnknown),
    arrow(bytes, bytesText),
  ]);
}

function totalLines({ parameters, multiplyAdds, bytes, notCounted }: Comparison): string[] {
  const definition = 'conv + dense, one sample, bias excluded';
  return [
    `Parameters: ${arrow(parameters, countText)} (${leftText(parameters)})`,
    notCounted
      ? `Multiply-adds: not counted (${definition}). ${notCounted}`
      : `Multiply-adds: ${arrow(multiplyAdds, orUnknown)} (${leftText(multiplyAdds)}; ${definition})`,
    `Memory: ${arrow(bytes, bytesText)} (${leftText(bytes)}; the weights, 4 bytes a number)`,
  ];
}

function arrow<T>({ before, after }: BeforeAfter<T>, text: (value: T) => string): string {
  return `${text(before)} -> ${text(after)}`;
}

function orUnknown(count: number | null): string {
  return count === null ? '?' : countText(count);
}

function leftText({ before, after }: BeforeAfter<number | null>): string {
  return `${percentText((after ?? 0) / (before || 1))} left`;
}

function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function shapeText(shape: number[]): string {
  return shape.join('x');
}

/** 4831838208 is '4.83G': three digits tell layers apart in a table. */
function metricText(count: number): string {
  const rounded = Number(count.toPrecision(3));
  const power = Math.min(3, Math.floor(Math.log10(Math.max(rounded, 1)) / 3));
  return power === 0
    ? `${count}`
    : `${(rounded / 1000 ** power).toPrecision(3)}${['', 'k', 'M', 'G'][power]}`;
}

/** 402632064 is '402.6 MB'; a kB is 1000 bytes. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const unit = Math.min(3, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return unit === 0 ? `${bytes} bytes` : `${(bytes / 1000 ** unit).toFixed(1)} ${units[unit]}`;
}
