import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { watchHosts } from './foreignHosts';

const { venvPython } = require('../../scripts/setup/venv');

test('the watch sees every way in which Node and Python ask another host, and not this machine itself', (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'host names '));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const watch = watchHosts(path.join(folder, 'hosts.txt'));
  const run = (...argv: string[]) => {
    const { error } = spawnSync(argv[0], argv.slice(1), { env: { ...process.env, ...watch.env } });
    assert.equal(error, undefined);
  };
  run(process.execPath, '-e', "net.connect(9, '127.0.0.1').on('error', () => {})");
  assert.deepEqual(watch.foreign(), []);
  run(process.execPath, '-e', "fetch('https://fetch.invalid').catch(() => {})");
  run(process.execPath, '-e', "http.get('http://http.invalid').on('error', () => {})");
  run(process.execPath, '-e', "net.connect(9, 'net.invalid').on('error', () => {})");
  assert.deepEqual(watch.foreign(), ['node fetch.invalid', 'node http.invalid', 'node net.invalid']);
  const python = fs.existsSync(venvPython()) ? venvPython() : 'python3';
  run(python, '-c', "import urllib.request; urllib.request.urlopen('http://python.invalid')");
  assert.deepEqual(watch.foreign().slice(3), ['python python.invalid']);
});
