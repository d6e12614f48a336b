import { BASE64 } from './addAbsoluteRowsBytes';
import { moveToEngine, type RowSource, readRows, readValues } from './readValues';
import { sharedMemory } from './sharedMemory';
import { tf } from './tf';
import { instantiate, type Memory } from './webAssembly';

/** Rows that are added up before the sum is: each pass over the sums then pays for eight rows. */
const ROWS_AT_ONCE = 8;

/**
 * Adds the absolute values of a weight's rows to `sums`, where the weight is seen as a matrix [all axes but
 * the last, last axis]: sums[i] += |row 0, i| + |row 1, i| + ... In double precision, and in the same order on
 * every engine and from files, so that the result is the same bit by bit and no ranking depends on the place.
 *
 * @param sums one for each index of the last axis.
 */
export function addAbsoluteRows(sums: Float64Array, weight: tf.Tensor | RowSource): void {
  const done = weight instanceof tf.Tensor ? addBySimd(sums, weight) : 0;
  readRows(weight, (values) => addInJavaScript(sums, values.subarray(done)));
}

/** A tensor's values in WebAssembly's memory, and room for the sums beside them. */
interface Place {
  memory: Memory;
  rows: number;
  sums: number;
  release(): void;
}

type AddRows = (sums: number, rows: number, bytes: number) => void;

const compiledFor = new WeakMap<Memory, AddRows>();

/**
 * Where the weights are in WebAssembly's memory already, SIMD instructions add whole passes of eight rows, three
 * times as fast as JavaScript.
 *
 * @returns how many of the tensor's values are done.
 */
function addBySimd(sums: Float64Array, tensor: tf.Tensor): number {
  const pass = sums.length * ROWS_AT_ONCE;
  const passes = Math.floor(tensor.size / pass);
  if (sums.length % 4 !== 0 || passes === 0) return 0;
  const place = placeOf(tensor, sums.byteLength);
  if (!place) return 0;
  try {
    const inMemory = new Float64Array(place.memory.buffer, place.sums, sums.length);
    inMemory.set(sums);
    const add = addRowsIn(place.memory);
    for (let i = 0; i < passes; i++) {
      add(place.sums, place.rows + i * pass * 4, sums.length * 4);
    }
    sums.set(inMemory);
  } finally {
    place.release();
  }
  return passes * pass;
}

function placeOf(tensor: tf.Tensor, sumsBytes: number): Place | undefined {
  if (tf.getBackend() === 'wasm') return placeInEngine(tensor, sumsBytes);
  const own = sharedMemory(tensor);
  return own && { memory: own.memory, rows: 0, sums: own.scratch, release() {} };
}

/** The wasm engine's own WebAssembly: its heap, and the functions that hand out room on it. */
interface WasmEngine {
  asm?: { memory?: Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function placeInEngine(tensor: tf.Tensor, sumsBytes: number): Place | undefined {
  const engine = (tf.backend() as unknown as { wasm: WasmEngine }).wasm;
  const memory = engine.asm?.memory;
  if (!memory) return undefined;
  moveToEngine(tensor);
  const sums = engine._malloc(sumsBytes) >>> 0;
  if (sums === 0) return undefined;
  return { memory, rows: readValues(tensor).byteOffset, sums, release: () => engine._free(sums) };
}

function addRowsIn(memory: Memory): AddRows {
  let add = compiledFor.get(memory);
  if (!add) {
    const exported = instantiate(Buffer.from(BASE64, 'base64'), memory);
    add = (exported as { addAbsoluteRows: AddRows }).addAbsoluteRows;
    compiledFor.set(memory, add);
  }
  return add;
}

function addInJavaScript(sums: Float64Array, values: Float32Array): void {
  const n = sums.length;
  const abs = Math.abs;
  const pass = n * ROWS_AT_ONCE;
  const wholePasses = values.length - (values.length % pass);
  let start = 0;
  for (; start < wholePasses; start += pass) {
    for (let i = 0, p = start; i < n; i++, p++) {
      sums[i] +=
        abs(values[p]) +
        abs(values[p + n]) +
        abs(values[p + 2 * n]) +
        abs(values[p + 3 * n]) +
        abs(values[p + 4 * n]) +
        abs(values[p + 5 * n]) +
        abs(values[p + 6 * n]) +
        abs(values[p + 7 * n]);
    }
  }
  for (; start < values.length; start += n) {
    for (let i = 0; i < n; i++) sums[i] += abs(values[start + i]);
  }
}
