/** A share in words: '25.0 %'; of nothing it is '0 %'. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${((100 * part) / whole).toFixed(1)} %`;
}
