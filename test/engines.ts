import { loadNative } from '../src/backend/loadNative';
import { type BackendName, isBackendName } from '../src/backend/useBackend';

const forced = process.env.PRUNING_BACKEND ?? '';

/** The engine on which tests run that are about no engine: `npm run test:engines` sets PRUNING_BACKEND. */
export const ENGINE: BackendName = isBackendName(forced) ? forced : 'cpu';

/** The engines on which tests run that compare engines: native where it is installed. */
export const ENGINES: BackendName[] = loadNative() ? ['cpu', 'wasm'] : ['cpu', 'wasm', 'native'];

/** Values that different engines compute may differ by this share of the largest one. */
export const TOLERANCE: Record<BackendName, number> = { cpu: 1e-5, wasm: 1e-4, native: 1e-4 };
