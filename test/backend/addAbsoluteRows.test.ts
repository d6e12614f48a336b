import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { addAbsoluteRows } from '../../src/backend/addAbsoluteRows';
import { tf } from '../../src/backend/tf';
import { type BackendName, useBackend } from '../../src/backend/useBackend';
import { fillUniform } from '../../src/nets/fillUniform';
import { ENGINES } from '../engines';

const { compiled } = require('../../scripts/build-wat');

async function sumsOn(backend: BackendName, rows: number, columns: number): Promise<Float64Array> {
  await useBackend(backend);
  const values = new Float32Array(rows * columns);
  fillUniform(values, 1, rows, columns);
  const tensor = tf.tensor(values, [rows, columns]);
  const sums = new Float64Array(columns).fill(0.5);
  addAbsoluteRows(sums, tensor);
  tensor.dispose();
  return sums;
}

test('on wasm the sums are made by WebAssembly, not by the slower loop', async () => {
  const engine = globalThis as unknown as { WebAssembly: { Instance: new (...args: never[]) => object } };
  const { Instance } = engine.WebAssembly;
  await useBackend('wasm');
  let calls = 0;
  engine.WebAssembly.Instance = class {
    exports = {
      addAbsoluteRows: () => {
        calls++;
      },
    };
  };
  try {
    const fresh = path.join(__dirname, '..', '..', 'src', 'backend', 'addAbsoluteRows.ts');
    delete require.cache[fresh];
    const sums = new Float64Array(4);
    const tensor = tf.ones([17, 4]);
    require(fresh).addAbsoluteRows(sums, tensor);
    tensor.dispose();
    assert.equal(calls, 2, 'two passes of eight rows');
    assert.deepEqual(Array.from(sums), [1, 1, 1, 1], 'and the row that is left over in JavaScript');
  } finally {
    engine.WebAssembly.Instance = Instance;
  }
});

test('sums are the same bit by bit on every engine, whatever the number of rows and columns', async () => {
  for (const columns of [1, 3, 4, 8, 12, 30, 64]) {
    for (const rows of [1, 7, 8, 9, 16, 27, 200]) {
      const cpu = await sumsOn('cpu', rows, columns);
      for (const backend of ENGINES) {
        const sums = await sumsOn(backend, rows, columns);
        assert.deepEqual(sums, cpu, `${rows} rows, ${columns} columns on ${backend}`);
      }
    }
  }
});

test('a sum is what it was before plus the absolute values of its column', async () => {
  for (const backend of ENGINES) {
    await useBackend(backend);
    const rows = Array.from({ length: 19 }, (_, row) => [row, -row, 1, -0.5, row % 2, 0, -3, 8]);
    const tensor = tf.tensor2d(rows);
    const sums = Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0);
    addAbsoluteRows(sums, tensor);
    tensor.dispose();
    assert.deepEqual(Array.from(sums), [172, 171, 19, 9.5, 9, 0, 57, 152]);
  }
});

test('it takes no memory from the wasm engine for good', async () => {
  await useBackend('wasm');
  const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
  const tensor = tf.ones([16, 1024]);
  const sums = new Float64Array(1024);
  addAbsoluteRows(sums, tensor);
  const before = heap();
  for (let i = 0; i < 20_000; i++) addAbsoluteRows(sums, tensor); // 160 MB, were they kept
  assert.equal(heap(), before);
  assert.equal(sums[1023], 20_001 * 16);
  tensor.dispose();
});

test('the committed WebAssembly is what its source compiles to', async () => {
  const file = path.join(__dirname, '..', '..', 'src', 'backend', 'addAbsoluteRowsBytes.ts');
  assert.equal(readFileSync(file, 'utf8'), await compiled());
});
