import * as fs from 'node:fs';
import * as path from 'node:path';
import { tf } from '../../src/backend/tf';

/** What a loader has to do that knows TensorFlow.js's format and nothing of ours. */
export function followManifest(dir: string): tf.io.IOHandler {
  return {
    load: async () => {
      const json = JSON.parse(fs.readFileSync(path.join(dir, 'model.json'), 'utf8'));
      return tf.io.getModelArtifactsForJSON(json, async (manifest) => {
        const files = manifest.flatMap(({ paths }) =>
          paths.map((name) => fs.readFileSync(path.join(dir, name))),
        );
        const weights = manifest.flatMap((group) => group.weights);
        return [weights, new Uint8Array(Buffer.concat(files)).buffer];
      });
    },
  };
}
