import type { LayerShapes } from './layerShapes';
import type { GroupPlan, Plan } from './makePlan';
import { PLAN_FORMAT, PLAN_VERSION } from './planToJson';

/**
 * Reads what `planToJson` wrote, also after it was edited. Whether it fits a model is checked where it is applied.
 *
 * @throws TypeError or RangeError that names the first place that is wrong, e.g. `groups[1].keep[3]`: text that
 *   is no plan, an entry that is missing, unknown or of the wrong kind, a kept list that is empty, names a channel
 *   twice or one that does not exist.
 */
export function planFromJson(text: string): Plan {
  const found = parse(text);
  if (!isObject(found) || found.format !== PLAN_FORMAT) {
    throw new TypeError(`It is no plan: a plan is a JSON object with "format": "${PLAN_FORMAT}".`);
  }
  if (found.version !== PLAN_VERSION) {
    const version = JSON.stringify(found.version);
    throw new RangeError(`version is ${version}, but only version ${PLAN_VERSION} can be read.`);
  }
  for (const name of Object.keys(found)) expect(ENTRIES.includes(name), name, 'is not an entry of a plan');
  const { percent, percentByLayer, importance, pruneOutputs, unknownLayers, madeFor, groups } = found;
  expect(isShare(percent), 'percent', NO_SHARE);
  if (percentByLayer !== undefined) {
    expect(isObject(percentByLayer), 'percentByLayer', 'must be an object: a share for each layer name');
    for (const [layer, share] of Object.entries(percentByLayer)) {
      expect(isShare(share), `percentByLayer['${layer}']`, NO_SHARE);
    }
  }
  expect(typeof importance === 'string', 'importance', 'must be a text');
  expect(typeof pruneOutputs === 'boolean', 'pruneOutputs', 'must be true or false');
  expect(unknownLayers === undefined || unknownLayers === 'protect', 'unknownLayers', "must be 'protect'");
  expect(Array.isArray(madeFor), 'madeFor', 'must be a list of layers');
  expect(Array.isArray(groups), 'groups', 'must be a list of groups');
  return {
    percent,
    ...(percentByLayer !== undefined && { percentByLayer: percentByLayer as Record<string, number> }),
    importance,
    pruneOutputs,
    ...(unknownLayers === 'protect' && { unknownLayers: 'protect' as const }),
    madeFor: madeFor.map((layer, i) => layerOf(layer, `madeFor[${i}]`)),
    groups: groups.map((group, i) => groupOf(group, `groups[${i}]`)),
  };
}

const ENTRIES = [
  'format',
  'version',
  'percent',
  'percentByLayer',
  'importance',
  'pruneOutputs',
  'unknownLayers',
  'madeFor',
  'groups',
];
const GROUP_ENTRIES = ['name', 'layers', 'units', 'notCut', 'keep', 'scores'];
const NO_SHARE = 'must be a fraction, 0 <= percent < 1';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(`It is not JSON (${(error as Error).message}).`);
  }
}

function layerOf(found: unknown, place: string): LayerShapes {
  expect(isObject(found) && typeof found.layer === 'string', place, 'must name a layer and its shapes');
  const { layer, shapes } = found as { layer: string; shapes: unknown };
  const isShape = (shape: unknown): shape is number[] =>
    Array.isArray(shape) && shape.every(Number.isInteger);
  expect(Array.isArray(shapes) && shapes.every(isShape), `${place}.shapes`, 'must be a list of shapes');
  return { layer, shapes: shapes as number[][] };
}

function groupOf(found: unknown, place: string): GroupPlan {
  expect(isObject(found), place, 'must be an object');
  for (const entry of Object.keys(found)) {
    const hint = entry === 'cut' ? ': channels that are not in keep go' : '';
    expect(GROUP_ENTRIES.includes(entry), `${place}.${entry}`, `is not an entry of a group${hint}`);
  }
  const { name, layers, units, notCut, keep, scores } = found;
  expect(typeof name === 'string', `${place}.name`, 'must be a text');
  const isNames = Array.isArray(layers) && layers.every((layer) => typeof layer === 'string');
  expect(isNames, `${place}.layers`, 'must be a list of layer names');
  const isCount = Number.isInteger(units) && (units as number) > 0;
  expect(isCount, `${place}.units`, 'must be a number of channels, at least 1');
  expect(notCut === undefined || typeof notCut === 'string', `${place}.notCut`, 'must be a text');
  const count = units as number;
  const kept = keptOf(keep, count, `${place}.keep`, name);
  const isScores = Array.isArray(scores) && scores.length === count && scores.every(isScore);
  expect(isScores, `${place}.scores`, `must be a list of ${count} numbers, one for each channel`);
  const cut = Array.from({ length: count }, (_, unit) => unit).filter((unit) => !kept.has(unit));
  return {
    name,
    layers: layers as string[],
    units: count,
    keep: [...kept].sort((a, b) => a - b),
    cut,
    // JSON has no NaN; where nothing is cut there may be one
    scores: (scores as (number | null)[]).map((score) => score ?? Number.NaN),
    // somebody who cuts here by hand has overruled it; reasons that lie in the model are checked against that
    ...(notCut !== undefined && cut.length === 0 && { notCut: notCut as string }),
  };
}

function keptOf(keep: unknown, units: number, place: string, name: string): Set<number> {
  expect(Array.isArray(keep), place, 'must be a list of the channels that stay');
  if (keep.length === 0)
    throw new RangeError(`${place} ('${name}') is empty; at least one channel must stay.`);
  const kept = new Set<number>();
  keep.forEach((unit, i) => {
    const at = `${place}[${i}] ('${name}')`;
    if (!Number.isInteger(unit) || unit < 0 || unit >= units) {
      throw new RangeError(`${at} is ${JSON.stringify(unit)}, but the channels are 0 to ${units - 1}.`);
    }
    if (kept.has(unit)) throw new RangeError(`${at} is ${unit}, which the list names twice.`);
    kept.add(unit);
  });
  return kept;
}

function isScore(score: unknown): boolean {
  return typeof score === 'number' || score === null;
}

function isShare(share: unknown): share is number {
  return typeof share === 'number' && share >= 0 && share < 1;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expect(condition: boolean, place: string, rule: string): asserts condition {
  if (!condition) throw new TypeError(`${place} ${rule}.`);
}
