const REMOVED_FROM_UTIL: Record<string, (value: unknown) => boolean> = {
  isArray: Array.isArray,
  isNullOrUndefined: (value) => value === null || value === undefined,
};

/**
 * Loads `@tensorflow/tfjs-node`, which registers the backend 'tensorflow'.
 * @returns undefined when it loaded, else one line that says why it did not.
 */
export function loadNative(): string | undefined {
  // Node 23 removed functions that tfjs-node 4.22 still calls (tensorflow/tfjs#8609), and Node 22 warns of them.
  Object.assign(require('node:util'), REMOVED_FROM_UTIL);
  // oneDNN makes the convolutions of these nets four times slower on the machines we measured.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  try {
    require('@tensorflow/tfjs-node');
    return undefined;
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException);
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'MODULE_NOT_FOUND' && error.message.includes("'@tensorflow/tfjs-node'")) {
    return '@tensorflow/tfjs-node is not installed';
  }
  if (error.message.includes('native addon module') || error.code === 'MODULE_NOT_FOUND') {
    return '@tensorflow/tfjs-node is installed without its compiled addon';
  }
  return `@tensorflow/tfjs-node failed to load: ${error.message.split('\n')[0]}`;
}
