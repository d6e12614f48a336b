import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ModelFile, WeightSpec } from './readModelFile';
import { repeated } from './repeated';

/** A file of weights and the bytes of its group that it holds, from `start` up to `end`. */
interface Shard {
  file: string;
  start: number;
  end: number;
}

/** Where a weight's values lie. */
export interface StoredWeight {
  shape: number[];
  start: number;
  shards: Shard[];
}

/**
 * Finds out where each of a model's weights lies in its files, by name.
 *
 * @throws Error that names the file, when one is missing or has another size than the weights need; for two weights
 *   of one name.
 */
export function locateWeights(dir: string, { weightsManifest }: ModelFile): Map<string, StoredWeight> {
  const specs = weightsManifest.flatMap(({ weights }) => weights);
  const twice = repeated(specs.filter(({ group }) => group !== 'optimizer').map(({ name }) => name));
  if (twice) {
    throw new Error(
      `The model in '${dir}' cannot be loaded: its weightsManifest has two weights '${twice}'.`,
    );
  }
  const places = new Map<string, StoredWeight>();
  for (const { paths, weights } of weightsManifest) {
    const shards = measureShards(
      paths.map((name) => path.join(dir, name)),
      weights.reduce((sum, spec) => sum + bytesOf(spec), 0),
    );
    let start = 0;
    for (const spec of weights) {
      if (spec.group !== 'optimizer') places.set(spec.name, { shape: spec.shape, start, shards });
      start += bytesOf(spec);
    }
  }
  return places;
}

/**
 * Reads a weight's values from its files.
 *
 * @param values gets as many of them as it is long.
 * @param first the number of the first one.
 */
export function readWeight(place: StoredWeight, values: Float32Array, first = 0): void {
  const { shards } = place;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const start = place.start + 4 * first;
  const end = start + bytes.length;
  for (const shard of shards) {
    const [from, to] = [Math.max(start, shard.start), Math.min(end, shard.end)];
    if (from < to) readFile(shard.file, from - shard.start, bytes.subarray(from - start, to - start));
  }
}

function readFile(file: string, position: number, target: Uint8Array): void {
  const descriptor = fs.openSync(file, 'r');
  try {
    for (let done = 0; done < target.length; ) {
      const read = fs.readSync(descriptor, target, done, target.length - done, position + done);
      if (read === 0) throw new Error(`The weights file '${file}' became shorter while it was read.`);
      done += read;
    }
  } finally {
    fs.closeSync(descriptor);
  }
}

function measureShards(files: string[], needed: number): Shard[] {
  const sizes = files.map((file) => {
    const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) throw new Error(`The weights file '${file}' is missing.`);
    return size;
  });
  const found = sizes.reduce((sum, size) => sum + size, 0);
  if (found !== needed) throw wrongSize(files, sizes, needed);
  let start = 0;
  return files.map((file, i) => {
    const shard = { file, start, end: start + sizes[i] };
    start = shard.end;
    return shard;
  });
}

/** Tools cut weights into files of one size, and the last takes the rest: the file that differs is named. */
function wrongSize(files: string[], sizes: number[], needed: number): Error {
  const full = Math.max(...sizes.slice(0, -1), 0);
  const expected = sizes.map((_, i) => (i < sizes.length - 1 ? full : needed - full * (sizes.length - 1)));
  const wrong = sizes.findIndex((size, i) => size !== expected[i]);
  if (wrong < 0) return new Error(`The model's weights need ${needed} bytes, but there is no file of them.`);
  return new Error(
    `The weights file '${files[wrong]}' should have ${expected[wrong]} bytes, but has ${sizes[wrong]}.`,
  );
}

/** How many bytes a weight has in its files. */
export function bytesOf({ shape, dtype, quantization }: WeightSpec): number {
  const sizes: Record<string, number> = { bool: 1, uint8: 1, uint16: 2, float16: 2, complex64: 8 };
  return shape.reduce((product, size) => product * size, 1) * (sizes[quantization?.dtype ?? dtype] ?? 4);
}
