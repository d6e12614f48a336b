import type { ChannelGroup } from '../pruning/findGroups';
import { COLOURS } from './chart';

/** Okabe and Ito's colours but for black, grey being for groups that are not cut. */
const GROUP_COLOURS = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#F0E442'];
const DARK = ['#0072B2', '#009E73', '#D55E00'];

export interface GroupSign {
  /** A, B, ..., Z, AA, AB, ... */
  letter: string;
  /** The groups that can be cut take turns in seven colours; the others are grey. */
  colour: string;
  /** Of the letter on that colour. */
  ink: 'white' | 'black';
}

/** How a group is marked in a picture, by its number in the list. */
export function groupSign(group: number, groups: readonly ChannelGroup[]): GroupSign {
  const colour = colourOf(group, groups);
  return { letter: letterOf(group), colour, ink: DARK.includes(colour) ? 'white' : 'black' };
}

function colourOf(group: number, groups: readonly ChannelGroup[]): string {
  if (groups[group].notCut) return COLOURS.grey;
  const number = groups.slice(0, group).filter(({ notCut }) => !notCut).length;
  return GROUP_COLOURS[number % GROUP_COLOURS.length];
}

function letterOf(group: number): string {
  const last = String.fromCharCode(65 + (group % 26));
  return group < 26 ? last : letterOf(Math.floor(group / 26) - 1) + last;
}
