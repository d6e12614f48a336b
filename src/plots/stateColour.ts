import { COLOURS } from './chart';

/** The state of channels that no slider and no plan can cut. */
export const PROTECTED = 'not to be cut';

/**
 * The colour of a mark by its field `state`, with a legend: 'cut', 'kept' and, where there is any, `PROTECTED`.
 *
 * @param orient where the legend stands.
 */
export function stateColour({ hasProtected, orient }: { hasProtected: boolean; orient: 'right' | 'bottom' }) {
  const domain = ['cut', 'kept', ...(hasProtected ? [PROTECTED] : [])];
  const range = [COLOURS.cut, COLOURS.kept, COLOURS.grey].slice(0, domain.length);
  return { field: 'state', type: 'nominal', scale: { domain, range }, legend: { title: null, orient } };
}
