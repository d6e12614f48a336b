'use strict';
const path = require('node:path');

/** From this file, not from the working directory or npm's environment: scripts are started from anywhere. */
const ROOT = path.resolve(__dirname, '../..');
/** What set-up writes for Jupyter; git ignores it. */
const LOCAL = path.join(ROOT, '.jupyter');

module.exports = {
  ROOT,
  LOCAL,
  VENV: path.join(ROOT, '.venv'),
  /** What `npm run native` makes: the addon of tfjs-node and its libraries (src/backend/nativeAddon.ts). */
  NATIVE: path.join(ROOT, '.native'),
  NOTEBOOKS: path.join(ROOT, 'notebooks'),
  /** Searched by Jupyter for kernels (JUPYTER_PATH). */
  JUPYTER_DATA: path.join(LOCAL, 'data'),
  /** Searched by Jupyter for settings (JUPYTER_CONFIG_PATH). */
  JUPYTER_CONFIG: path.join(LOCAL, 'config'),
  JUPYTER_WORKSPACES: path.join(LOCAL, 'workspaces'),
};
