'use strict';

const VERSION = '2.16.2';

const LINUX = {
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  linkerFlags: ['-Wl,-rpath,$ORIGIN/../../deps/lib'],
};
const MAC = {
  libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  linkerFlags: ['-Wl,-rpath,@loader_path/../../deps/lib', '-undefined', 'dynamic_lookup'],
};

/**
 * TensorFlow's C++ library as Python's package index has it, by platform and architecture. `megabytes` to fetch
 * and on `disk` afterwards; only linux-x64 has been run, the other wheels have been looked into.
 */
const WHEELS = {
  'linux-x64': {
    ...LINUX,
    requirement: `tensorflow-cpu==${VERSION}`,
    platform: 'manylinux_2_17_x86_64',
    sha256: '58f4f8e3a3304110b9d3d24d3b1f73e690f9b5bf88738b88d2f1e63ba337fb8c',
    megabytes: 214,
    disk: 603,
  },
  'linux-arm64': {
    ...LINUX,
    requirement: `tensorflow==${VERSION}`,
    platform: 'manylinux_2_17_aarch64',
    sha256: '7a0aee52797cd58870e3bb9c2b4bc0fc2a57eae29a334282bcc08943ca582718',
    megabytes: 219,
    disk: 679,
  },
  'darwin-arm64': {
    ...MAC,
    requirement: `tensorflow==${VERSION}`,
    platform: 'macosx_12_0_arm64',
    sha256: '72c84f0e0f8ad0e7cb7b4b3fe9d1c899e6cbebc51c0e64df42a2a32a904aacd7',
    megabytes: 227,
    disk: 587,
  },
};

/** @returns the wheel for this machine; undefined where there is none. */
function wheelFor(platform = process.platform, arch = process.arch) {
  return WHEELS[`${platform}-${arch}`];
}

module.exports = { wheelFor };
