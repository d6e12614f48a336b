import { digitsNet } from '../../src/nets/digitsNet';
import { eightConvNet } from '../../src/nets/eightConvNet';
import { mobileNetBlock } from '../../src/nets/mobileNetBlock';
import { resNet } from '../../src/nets/resNet';
import { vggNet } from '../../src/nets/vggNet';
import { yoloBlock } from '../../src/nets/yoloBlock';
import { countText } from '../../src/plots/numberText';
import { applyPlan } from '../../src/pruning/applyPlan';
import { type GroupPlan, makePlan } from '../../src/pruning/makePlan';
import { shareText } from '../../src/pruning/shareText';
import { countParameters } from '../../src/report/countParameters';
import { markdownTable } from './markdownTable';

const PERCENT = 0.5;
const NETS = { eightConvNet, digitsNet, vggNet, resNet, yoloBlock, mobileNetBlock };

/** What pruning at percent 0.5 makes of the networks of the lessons, found by pruning them. */
export function netTable(): string {
  const rows = Object.entries(NETS).map(([name, build]) => {
    const net = build();
    const plan = makePlan(net, { percent: PERCENT });
    const small = applyPlan(net, plan);
    const [before, after] = [net, small].map(countParameters);
    for (const each of [net, small]) each.dispose();
    const tied = plan.groups.filter(({ layers }) => layers.length > 1);
    const whole = plan.groups.filter(({ notCut }) => notCut);
    return [
      `\`${name}\``,
      `${countText(before)} → ${countText(after)} (${shareText(after, before)} stay)`,
      String(plan.groups.length),
      tied.map(layersText).join('; '),
      whole.map((group) => `${layersText(group)}, because ${group.notCut}`).join('; '),
    ];
  });
  return markdownTable([
    [
      `network, percent ${PERCENT}`,
      'parameters',
      'groups',
      'tied: lose the same channels',
      'not cut, and why',
    ],
    ...rows,
  ]);
}

function layersText({ layers }: GroupPlan): string {
  return layers.map((layer) => `\`${layer}\``).join(' + ');
}
