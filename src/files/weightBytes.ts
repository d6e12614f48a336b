import { findModelFile, readModelFile } from './readModelFile';
import { bytesOf } from './shardReader';

/**
 * How many bytes the weights of a saved model take, in its files and in memory, by what its `model.json` says.
 *
 * @throws as `loadModel`, for what is no model.
 */
export function weightBytes(source: string): number {
  const { weightsManifest } = readModelFile(findModelFile(source).file);
  return weightsManifest
    .flatMap(({ weights }) => weights)
    .filter(({ group }) => group !== 'optimizer')
    .reduce((sum, spec) => sum + bytesOf(spec), 0);
}
