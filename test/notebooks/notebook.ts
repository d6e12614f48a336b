import * as fs from 'node:fs';
import * as path from 'node:path';

export interface Output {
  output_type: string;
  text?: string | string[];
  data?: Record<string, string | string[] | object>;
  ename?: string;
}

export interface Cell {
  cell_type: 'code' | 'markdown' | 'raw';
  source: string | string[];
  metadata: { tags?: string[] };
  execution_count?: number | null;
  outputs?: Output[];
}

/** A chain of 3x3 convolutions without bias. */
export interface CourseChain {
  widths: number[];
  inChannels: number;
  pruneOutputs: boolean;
}

/** Any other net: its groups of channels, and all its weights as products of numbers and of groups' widths. */
export interface CourseSum {
  groups: Record<string, number>;
  /** [9, 'A', 'B'] is a 3x3 kernel that reads A and makes B. */
  weights: (number | string)[][];
}

/** The net that a lesson's last "Parameters: A -> B" line is about. */
export type CourseNet = CourseChain | CourseSum;

export interface Notebook {
  cells: Cell[];
  metadata: { course?: { net?: CourseNet }; kernelspec?: object };
}

const PERCENT_LINE = /^const percent = (\d+(?:\.\d+)?); \/\/ change me$/gm;
const PARAMETERS = /Parameters: ([\d,]+) -> ([\d,]+)/g;

export function readNotebook(file: string): Notebook {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

export function sourceOf(cell: Cell): string {
  return joined(cell.source);
}

export function codeCells(notebook: Notebook): Cell[] {
  return notebook.cells.filter((cell) => cell.cell_type === 'code' && sourceOf(cell).trim() !== '');
}

/** @returns the values of all lines `const percent = 0.5; // change me`. */
export function percentsOf(notebook: Notebook): number[] {
  return codeCells(notebook).flatMap((cell) =>
    [...sourceOf(cell).matchAll(PERCENT_LINE)].map((match) => Number(match[1])),
  );
}

/** @returns a copy of the notebook in which the line says another value. */
export function withPercent(notebook: Notebook, percent: number): Notebook {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: sourceOf(cell).replace(PERCENT_LINE, `const percent = ${percent}; // change me`),
  }));
  return { ...notebook, cells };
}

/** @returns the lines of code, beside the percent line itself, that hold its value as a number of their own. */
export function copiesOfPercent(notebook: Notebook, percent: number): string[] {
  const isPercent = (text: string) => Number(text) === percent;
  return codeCells(notebook)
    .flatMap((cell) => sourceOf(cell).replace(PERCENT_LINE, '').split('\n'))
    .filter((line) => (line.match(/(?<![\w.])(?:\d+\.\d*|\.\d+|\d+)(?![\w.])/g) ?? []).some(isPercent));
}

/** @returns the counts of the last "Parameters: A -> B" line that the notebook displays. */
export function displayedParameters(notebook: Notebook): { before: number; after: number } | undefined {
  const text = notebook.cells.flatMap(textsOf).join('\n');
  const last = [...text.matchAll(PARAMETERS)].at(-1);
  const number = (digits: string) => Number(digits.replaceAll(',', ''));
  return last && { before: number(last[1]), after: number(last[2]) };
}

/** Counts a net before and after pruning, by the rule for percent alone: no code of src/. */
export function expectedParameters(net: CourseNet, percent: number): { before: number; after: number } {
  const left = (n: number) => n - Math.min(n - 1, Math.floor(n * percent + 1e-9));
  return 'weights' in net ? sumParameters(net, left) : chainParameters(net, left);
}

function chainParameters({ widths, inChannels, pruneOutputs }: CourseChain, left: (n: number) => number) {
  const count = (outputs: number[]) =>
    outputs.reduce((sum, out, i) => sum + 3 * 3 * (i === 0 ? inChannels : outputs[i - 1]) * out, 0);
  const kept = widths.map((n, i) => (i === widths.length - 1 && !pruneOutputs ? n : left(n)));
  return { before: count(widths), after: count(kept) };
}

function sumParameters({ groups, weights }: CourseSum, left: (n: number) => number) {
  const count = (width: (n: number) => number) =>
    weights
      .map((factors) =>
        factors.map((factor) => (typeof factor === 'number' ? factor : width(groups[factor]))),
      )
      .reduce((sum, factors) => sum + factors.reduce((product, factor) => product * factor, 1), 0);
  return { before: count((n) => n), after: count(left) };
}

/** @returns all that a cell displays as text, of whatever MIME type. */
export function textsOf(cell: Cell): string[] {
  return (cell.outputs ?? []).flatMap((output) => {
    const data = Object.entries(output.data ?? {}).filter(([type]) => type.startsWith('text/'));
    return [joined(output.text ?? ''), ...data.map(([, value]) => joined(value as string | string[]))];
  });
}

/** @returns absolute paths of a machine in a text; long base64 data, where anything may stand, is left out. */
export function machinePaths(text: string): string[] {
  const withoutData = text.replace(/[A-Za-z0-9+/=]{120,}/g, '');
  return (
    withoutData.match(
      /(?<![\w.:/-])\/(?:home|root|work|tmp|Users|usr|opt|var|private|mnt)\/[^\s'"<)]*|\b[A-Z]:\\[^\s'"<)]*/g,
    ) ?? []
  );
}

/** @returns the relative targets of links and pictures in the Markdown cells, without their #anchor. */
export function relativeLinks(notebook: Notebook): string[] {
  const markdown = notebook.cells
    .filter((cell) => cell.cell_type === 'markdown')
    .map(sourceOf)
    .join('\n');
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)|(?:href|src)="([^"]+)"/g)].map((m) => m[1] ?? m[2]);
  return targets
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => decodeURIComponent(target.split('#')[0]));
}

export function nameOf(file: string): string {
  return path.basename(file, '.ipynb');
}

function joined(text: string | string[]): string {
  return Array.isArray(text) ? text.join('') : text;
}

/** @returns a copy in which every exercise's stub is replaced by the solution that is folded away below it. */
export function withSolutions(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell, i) => {
    const solution = notebook.cells[i + 1] && solutionIn(sourceOf(notebook.cells[i + 1]));
    return cell.cell_type === 'code' && solution
      ? { ...cell, source: solved(sourceOf(cell), solution) }
      : cell;
  });
  return { ...notebook, cells };
}

function solutionIn(markdown: string): string | undefined {
  return /<summary>Solution<\/summary>\n\n```ts\n([\s\S]*?)\n```/.exec(markdown)?.[1];
}

/** Puts a solution, which declares one function or constant, in the place of the stub that declares the same. */
function solved(source: string, solution: string): string {
  const [, keyword, name] = /^(function|const) (\w+)/.exec(solution) ?? [];
  const stub =
    keyword === 'const'
      ? new RegExp(`^const ${name}\\b.*$`, 'm')
      : new RegExp(`^function ${name}\\([\\s\\S]*?^}$`, 'm');
  if (!stub.test(source))
    throw new Error(`The solution declares '${name}', and the cell above has no such stub.`);
  return source.replace(stub, () => solution);
}

/** @returns for each exercise whose check ran, what the check said: 'Exercise 1: correct.' */
export function exerciseResults(notebook: Notebook): string[] {
  return notebook.cells.flatMap(textsOf).flatMap((text) => text.match(/Exercise \w+: [^.]*\./g) ?? []);
}
