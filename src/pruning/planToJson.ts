import type { Plan } from './makePlan';

/** What the JSON of a plan says about itself. */
export const PLAN_FORMAT = 'channel-pruning-plan';
export const PLAN_VERSION = 1;

/**
 * A plan as JSON to be read and edited by hand: for each group the channels that stay (`keep`), one line each;
 * channels that are not listed there go. `planFromJson` reads it.
 *
 * @throws TypeError for a plan that does not say which model it was made for.
 */
export function planToJson(plan: Plan): string {
  const { groups, madeFor, ...settings } = plan;
  if (!madeFor) throw new TypeError('The plan does not say which model it was made for: madeFor is missing.');
  const written = groups.map(({ name, layers, units, keep, scores, notCut }) => ({
    name,
    layers,
    units,
    ...(notCut && { notCut }),
    keep,
    scores,
  }));
  const head = Object.entries({ format: PLAN_FORMAT, version: PLAN_VERSION, ...settings });
  const lines = [
    ...head.map(([name, value]) => `  ${JSON.stringify(name)}: ${oneLine(value)}`),
    `  "madeFor": [\n${madeFor.map((layer) => `    ${oneLine(layer)}`).join(',\n')}\n  ]`,
    `  "groups": [\n${written.map(groupText).join(',\n')}\n  ]`,
  ];
  return `{\n${lines.join(',\n')}\n}\n`;
}

function groupText(group: object): string {
  const lines = Object.entries(group).map(([name, value]) => `      "${name}": ${oneLine(value)}`);
  return `    {\n${lines.join(',\n')}\n    }`;
}

/** Lists of numbers that are as long as a layer is wide, in one line each. */
function oneLine(value: unknown): string {
  return JSON.stringify(value);
}
