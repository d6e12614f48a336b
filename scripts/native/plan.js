'use strict';

const VERSION = '2.16.2';

/**
 * What `npm run native` can do on a platform. `own`: tfjs-node's own download has files for it. `wheel`: the Python
 * package that carries TensorFlow's C library, of which nothing of Python is used. Sizes in MB (10^6 bytes).
 */
const PLANS = {
  'linux x64': {
    own: true,
    wheel: {
      name: 'tensorflow-cpu',
      version: VERSION,
      platform: 'manylinux_2_17_x86_64',
      sha256: '58f4f8e3a3304110b9d3d24d3b1f73e690f9b5bf88738b88d2f1e63ba337fb8c',
      fetch: 214,
      disk: 632,
    },
  },
  // tensorflow-cpu has no wheel of this version for the next two.
  'linux arm64': {
    own: false,
    wheel: {
      name: 'tensorflow',
      version: VERSION,
      platform: 'manylinux_2_17_aarch64',
      sha256: '7a0aee52797cd58870e3bb9c2b4bc0fc2a57eae29a334282bcc08943ca582718',
      fetch: 219,
      disk: 713,
    },
  },
  'darwin arm64': {
    own: false,
    wheel: {
      name: 'tensorflow',
      version: VERSION,
      platform: 'macosx_12_0_arm64',
      sha256: '72c84f0e0f8ad0e7cb7b4b3fe9d1c899e6cbebc51c0e64df42a2a32a904aacd7',
      fetch: 227,
      disk: 615,
    },
  },
  'darwin x64': { own: true },
};

/**
 * @param {boolean} glibc whether the system's C library is the one that the Linux files need.
 * @returns the plan for a platform, undefined where nobody offers the native engine.
 */
function planFor(platform = process.platform, arch = process.arch, glibc = hasGlibc()) {
  if (platform === 'linux' && !glibc) return undefined;
  return PLANS[`${platform} ${arch}`];
}

/** Alpine's Node, for example, has another C library. */
function hasGlibc() {
  return process.platform === 'linux' && Boolean(process.report.getReport().header.glibcVersionRuntime);
}

module.exports = { planFor };
