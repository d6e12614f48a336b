import * as fs from 'node:fs';
import { nativeAddon } from './nativeAddon';

const REMOVED_FROM_UTIL: Record<string, (value: unknown) => boolean> = {
  isArray: Array.isArray,
  isNullOrUndefined: (value) => value === null || value === undefined,
};

/** What tfjs-node asks for the path of its compiled addon. */
interface AddonFinder {
  find(packageJson: string): string;
}

/**
 * Loads `@tensorflow/tfjs-node`, which registers the backend 'tensorflow', with the addon that `npm run native`
 * made, or with its own where it has one.
 *
 * @param addon another compiled addon: `npm run native` tries it before it puts it in place.
 * @returns undefined when it loaded, else one line that says why it did not.
 */
export function loadNative(addon?: string): string | undefined {
  // Node 23 removed functions that tfjs-node 4.22 still calls (tensorflow/tfjs#8609), and Node 22 warns of them.
  Object.assign(require('node:util'), REMOVED_FROM_UTIL);
  // oneDNN makes a pass of the eight-conv net slower: bench/RESULTS.md says by how much.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    const file = addon ?? nativeAddon();
    if (fs.existsSync(file)) loadWithAddon(file);
    else require('@tensorflow/tfjs-node');
    return undefined;
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException);
  }
}

/** Outside node_modules an addon survives `npm ci`, but tfjs-node looks for it there and nowhere else. */
function loadWithAddon(addon: string): void {
  const tfjsNode = require.resolve('@tensorflow/tfjs-node/package.json');
  const finder: AddonFinder = require(
    require.resolve('@mapbox/node-pre-gyp/lib/pre-binding', { paths: [tfjsNode] }),
  );
  const { find } = finder;
  finder.find = () => addon;
  try {
    require('@tensorflow/tfjs-node');
  } finally {
    finder.find = find;
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'MODULE_NOT_FOUND' && error.message.includes("'@tensorflow/tfjs-node")) {
    return '@tensorflow/tfjs-node is not installed';
  }
  if (error.message.includes('native addon module') || error.code === 'MODULE_NOT_FOUND') {
    return '@tensorflow/tfjs-node is installed without its compiled addon';
  }
  return `@tensorflow/tfjs-node failed to load: ${error.message.split('\n')[0]}`;
}
