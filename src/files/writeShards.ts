import * as fs from 'node:fs';
import * as path from 'node:path';
import { type RowSource, readRows } from '../backend/readValues';
import { tf } from '../backend/tf';
import { shardName } from './modelFiles';

/**
 * 4 MB, as TensorFlow.js's own converter cuts: files that a browser's cache takes, and that it fetches
 * several at a time.
 */
export const SHARD_BYTES = 4 * 2 ** 20;

export interface Shard {
  name: string;
  bytes: number;
}

/**
 * Writes the values of the weights one after the other into files of 4 MB, straight out of the engine's
 * memory where the engine allows it. Every file is on the disk when this returns.
 *
 * @param save the number of this save, part of the names; a file of that name must not exist yet.
 */
export function writeShards(dir: string, save: number, weights: (tf.Tensor | RowSource)[]): Shard[] {
  const total = weights.reduce((sum, { shape }) => sum + 4 * tf.util.sizeFromShape(shape), 0);
  const count = Math.ceil(total / SHARD_BYTES);
  const shards: Shard[] = [];
  let file: number | undefined;

  const finishShard = () => {
    if (file === undefined) return;
    const finished = file;
    file = undefined;
    try {
      fs.fsyncSync(finished);
    } finally {
      fs.closeSync(finished);
    }
  };
  const write = (bytes: Uint8Array) => {
    for (let offset = 0; offset < bytes.length; ) {
      let shard = shards[shards.length - 1];
      if (shard === undefined || shard.bytes === SHARD_BYTES) {
        finishShard();
        shard = { name: shardName(save, shards.length + 1, count), bytes: 0 };
        file = fs.openSync(path.join(dir, shard.name), 'wx');
        shards.push(shard);
      }
      const length = Math.min(bytes.length - offset, SHARD_BYTES - shard.bytes);
      const written = fs.writeSync(file as number, bytes, offset, length);
      shard.bytes += written;
      offset += written;
    }
  };
  try {
    for (const weight of weights) {
      readRows(weight, ({ buffer, byteOffset, byteLength }) =>
        write(new Uint8Array(buffer, byteOffset, byteLength)),
      );
    }
  } finally {
    finishShard();
  }
  return shards;
}
