import type { ChannelGroup } from '../pruning/findGroups';
import type { Plan } from '../pruning/makePlan';
import { type PlannedMember, plannedGroups } from '../pruning/planMembers';
import { countText, shortName, significant } from './numberText';

/** More columns than this, with gaps, are thinner than an eye can follow; so neighbours share one. */
export const MOST_COLUMNS = 128;
export const STRIP_HEIGHT = 15;
/** Between the groups; where a reason has to stand there, it takes the larger one. */
const GROUP_GAP = 14;
const REASON_GAP = 20;

export interface Strip {
  label: string;
  /** For the margin. */
  shortLabel: string;
  count: string;
  /** Where it begins and ends, in pixels from the top. */
  top: number;
  bottom: number;
  middle: number;
  n: number;
  isOutput: boolean;
  isFree: boolean;
  /** By column: the share that is cut. */
  shares: number[];
}

/** Stacks the groups, and in each the strips of its producers and its readers. */
export function stripLayout(plan: Plan, groups: readonly ChannelGroup[]) {
  const strips: Strip[] = [];
  const reasons: { reason: string; middle: number }[] = [];
  let y = 0;
  for (const { members, notCut } of plannedGroups(groups, plan)) {
    if (notCut) reasons.push({ reason: `not cut: ${notCut}`, middle: y + REASON_GAP / 2 });
    y += notCut ? REASON_GAP : y > 0 ? GROUP_GAP : 2;
    for (const member of inOrder(members)) {
      const cuts = cutsOf(member);
      const side = member.role === 'produces' ? 'out' : 'in';
      const [top, bottom] = [y, y + STRIP_HEIGHT];
      strips.push({
        label: `${member.layer} ${side}`,
        shortLabel: `${shortName(member.layer)} ${side}`,
        count: `cut ${countText(member.cutIndices.length)} of ${countText(cuts.length)}`,
        ...{ top, bottom, middle: (top + bottom) / 2 },
        n: cuts.length,
        isOutput: member.role === 'produces',
        isFree: !notCut,
        shares: sharesOf(cuts),
      });
      y = bottom + 1;
    }
  }
  return { strips, reasons, height: y };
}

/** Producers above readers; what follows a channel (a bias) is part of its producer here. */
export function inOrder<T extends { role: string }>(members: readonly T[]): T[] {
  const ofRole = (wanted: string) => members.filter(({ role }) => role === wanted);
  return [...ofRole('produces'), ...ofRole('reads')];
}

/** For each index that a member owns, ascending: whether it is cut. */
function cutsOf({ indices, cutIndices }: PlannedMember): boolean[] {
  const cut = new Set(cutIndices);
  const owned = indices.flat().sort((a, b) => a - b);
  return owned.map((index) => cut.has(index));
}

function sharesOf(cuts: readonly boolean[]): number[] {
  const count = Math.min(cuts.length, MOST_COLUMNS);
  return Array.from({ length: count }, (_, i) => {
    const column = cuts.slice(
      Math.floor((i * cuts.length) / count),
      Math.floor(((i + 1) * cuts.length) / count),
    );
    return significant(column.filter(Boolean).length / column.length, 3);
  });
}
