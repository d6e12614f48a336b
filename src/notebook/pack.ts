import { gzipSync } from 'node:zlib';

/** Text compressed for a page: gzip in base64, which any script element can hold and browsers unpack by themselves. */
export function pack(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64');
}
