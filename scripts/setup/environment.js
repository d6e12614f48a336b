'use strict';
const path = require('node:path');
const { writeJson, writeKernelspec } = require('./kernelspec');
const { JUPYTER_CONFIG, JUPYTER_DATA, JUPYTER_WORKSPACES } = require('./paths');

/** JupyterLab asks another host for these two: its news, and the list of extensions that exist. */
const PAGE_CONFIG = {
  disabledExtensions: {
    '@jupyterlab/apputils-extension:announcements': true,
    '@jupyterlab/extensionmanager-extension': true,
  },
};

/** Writes what Jupyter needs to know about this project, inside the project. */
function writeJupyterFiles() {
  writeKernelspec(JUPYTER_DATA);
  writeJson(path.join(JUPYTER_CONFIG, 'labconfig', 'page_config.json'), PAGE_CONFIG);
}

/** @returns the environment in which Jupyter finds those files first, and the user's own after them. */
function jupyterEnvironment() {
  return {
    ...process.env,
    JUPYTER_PATH: before(JUPYTER_DATA, process.env.JUPYTER_PATH),
    JUPYTER_CONFIG_PATH: before(JUPYTER_CONFIG, process.env.JUPYTER_CONFIG_PATH),
    // Which tabs are open belongs to this project, not to the user's other work.
    JUPYTERLAB_WORKSPACES_DIR: JUPYTER_WORKSPACES,
  };
}

function before(first, others) {
  return others ? `${first}${path.delimiter}${others}` : first;
}

module.exports = { jupyterEnvironment, writeJupyterFiles };
