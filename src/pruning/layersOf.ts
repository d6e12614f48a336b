import type { Role } from './channelGraph';
import type { GroupMember } from './findGroups';

/** The layers among a group's members that have a role, each once, in the members' order. */
export function layersOf(members: GroupMember[], role: Role): string[] {
  return [...new Set(members.filter((member) => member.role === role).map(({ layer }) => layer))];
}
