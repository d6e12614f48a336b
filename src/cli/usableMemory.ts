import * as os from 'node:os';
import type { BackendName } from '../backend/useBackend';

/** The heap of the wasm engine ends there, whatever the machine has: its addresses have 32 bits. */
const WASM_HEAP = 2 ** 32;

/**
 * How many bytes a model may take on an engine: the machine's memory, or less where a container's limit or the
 * engine's own heap is smaller.
 *
 * @param constrained the limit of a container; 0 or more than the machine has where there is none.
 */
export function usableMemory(
  backend: BackendName,
  total = os.totalmem(),
  constrained = process.constrainedMemory(),
): number {
  const limits = [
    total,
    ...(constrained > 0 ? [constrained] : []),
    ...(backend === 'wasm' ? [WASM_HEAP] : []),
  ];
  return Math.min(...limits);
}
