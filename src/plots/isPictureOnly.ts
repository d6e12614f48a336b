import type { ChartSpec } from './chart';

/** What a chart says of itself when a front end's live drawing shows no more than its picture does. */
export const PICTURE_ONLY = { usermeta: { live: false } };

/** Whether a chart is best shown as a picture alone: it has no tooltips or sliders that a live chart would add. */
export function isPictureOnly({ usermeta }: ChartSpec): boolean {
  return (usermeta as { live?: boolean } | undefined)?.live === false;
}
