/** The x axis of charts over percent. */
export const PERCENT_AXIS = {
  field: 'percent',
  type: 'quantitative',
  scale: { domain: [0, 1] },
  title: 'percent (share of the channels that is cut)',
};

/** A y axis of shares, 0 to 100 %. */
export function shareAxis(field: string, title: string) {
  return { field, type: 'quantitative', scale: { domain: [0, 1] }, axis: { format: '%' }, title };
}
