'use strict';
/**
 * compute.js [ADDON]: loads the native engine, with this addon or as a lesson does, multiplies two matrices and
 * compares. Says on stderr what is wrong. A process of its own: an addon that crashes must not take the caller along.
 */
require('ts-node/register/transpile-only');
const { loadNative } = require('../../src/backend/loadNative');
const { tf } = require('../../src/backend/tf');

async function main() {
  const failure = loadNative(process.argv[2]);
  if (failure) throw new Error(failure);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('the backend did not initialise');
  const product = tf.tidy(
    () => tf.matMul(tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[4], [5], [6]])).dataSync()[0],
  );
  if (product !== 32) throw new Error(`1*4 + 2*5 + 3*6 gave ${product} instead of 32`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
