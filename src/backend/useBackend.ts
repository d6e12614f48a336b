import * as path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadNative } from './loadNative';
import { tf } from './tf';

export const BACKENDS = ['native', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface BackendChoice {
  /** `native` is TensorFlow's C library (tfjs-node), `wasm` WebAssembly, `cpu` plain JavaScript. */
  name: BackendName;
  /** Why this engine, in words. */
  reason: string;
}

/** What TensorFlow.js itself calls the three engines. */
const TFJS_NAMES: Record<BackendName, string> = { native: 'tensorflow', wasm: 'wasm', cpu: 'cpu' };

/** Added to the reason where wasm computes: what to do about it, on the systems on which that can be done. */
const FASTER = process.platform === 'win32' ? '' : '; "npm run native" installs the faster one';

/**
 * Makes one engine compute from here on: tfjs-node where it works, else WebAssembly.
 *
 * @param name forces an engine; default: the environment variable PRUNING_BACKEND, else the best that loads.
 * @returns the engine and why it was chosen; `backendLine` makes one line of it.
 * @throws RangeError for a name that is not 'native', 'wasm' or 'cpu'; Error when a forced engine cannot start.
 */
export async function useBackend(name?: BackendName): Promise<BackendChoice> {
  const fromEnvironment = name === undefined && process.env.PRUNING_BACKEND;
  const forced: string | undefined = name ?? process.env.PRUNING_BACKEND;
  if (forced) {
    if (!isBackendName(forced)) {
      const source = fromEnvironment ? ' (from the environment variable PRUNING_BACKEND)' : '';
      throw new RangeError(`Unknown backend '${forced}'${source}. Allowed: ${BACKENDS.join(', ')}.`);
    }
    const failure = await start(forced);
    if (failure) throw new Error(`The backend '${forced}' cannot start: ${failure}.`);
    return { name: forced, reason: fromEnvironment ? 'PRUNING_BACKEND asks for it' : 'asked for' };
  }
  const noNative = await start('native');
  if (!noNative) return { name: 'native', reason: '@tensorflow/tfjs-node works here' };
  const noWasm = await start('wasm');
  if (!noWasm) return { name: 'wasm', reason: `${noNative}${FASTER}` };
  await start('cpu');
  return { name: 'cpu', reason: `${noNative}; WebAssembly failed: ${noWasm}` };
}

/** One line that says which engine computes and why. */
export function backendLine({ name, reason }: BackendChoice): string {
  const words = { native: 'native (TensorFlow in C++)', wasm: 'wasm (WebAssembly)', cpu: 'cpu (JavaScript)' };
  return `Engine: ${words[name]}, because ${reason}.`;
}

export function isBackendName(name: string): name is BackendName {
  return (BACKENDS as readonly string[]).includes(name);
}

/** @returns undefined when the engine computes now, else why it does not. */
async function start(name: BackendName): Promise<string | undefined> {
  if (name === 'native') {
    const failure = loadNative();
    if (failure) return failure;
  }
  if (name === 'wasm') {
    const dist = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
    if (!tf.findBackend('wasm')) setWasmPaths(`${path.join(dist, 'dist')}/`);
  }
  try {
    return (await tf.setBackend(TFJS_NAMES[name])) ? undefined : 'it did not initialise';
  } catch (error) {
    return (error as Error).message;
  }
}
