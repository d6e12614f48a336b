import * as fs from 'node:fs';
import { collectGarbage } from './collectGarbage';

/**
 * Call it before what is to be measured: it throws away what compiling has left behind and, on Linux, makes the
 * system forget the peak so far, under which a small net would vanish.
 *
 * @returns a function for the peak memory since then, in bytes above what the process had.
 */
export function peakSince(): () => number {
  collectGarbage();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); // another thread hands the pages back
  if (process.platform !== 'linux') {
    const start = process.memoryUsage.rss();
    return () => process.resourceUsage().maxRSS * 1024 - start;
  }
  fs.writeFileSync('/proc/self/clear_refs', '5');
  const start = linuxPeak();
  return () => linuxPeak() - start;
}

/** Not `resourceUsage`, which on Linux begins with the peak of the process that started this one. */
function linuxPeak(): number {
  return Number(/^VmHWM:\s*(\d+)/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
