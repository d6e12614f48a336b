'use strict';
/** Multiplies two matrices on the native engine, in a process of its own: a wrong library may end it. */
require('ts-node/register/transpile-only');
const { backendLine, useBackend } = require('../../src/backend/useBackend');
const { tf } = require('../../src/backend/tf');

useBackend('native').then((choice) => {
  const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync(); // biome-ignore format: two matrices
  if (String(product) !== '19,22,43,50') throw new Error(`a product of matrices is wrong: ${product}`);
  console.log(backendLine(choice));
});
