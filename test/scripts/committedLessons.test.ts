import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';

const { committedLessons } = require('../../scripts/setup/committedLessons');

/** A repository with two committed lessons, and its git. */
function repository(t: { after(clean: () => void): void }) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'committed lessons '));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root, stdio: 'pipe' });
  write('notebooks/00-a.ipynb', '{"a":1}');
  write('notebooks/ü b.ipynb', '{"b":1}');
  write('notebooks/notes.md', 'no lesson');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'lessons');
  const names = async () => {
    const lessons: { name: string }[] = await committedLessons(root);
    return lessons.map(({ name }) => name);
  };
  return { root, write, git, names };
}

test('lessons as committed are found, whatever their names, and nothing else is', async (t) => {
  const { root, write, names } = repository(t);
  write('notebooks/new.ipynb', '{}');
  write('other/00-a.ipynb', '{"a":1}');
  assert.deepEqual(await names(), ['00-a.ipynb', 'ü b.ipynb']);
  const [{ version }] = await committedLessons(root);
  assert.match(version, /^[0-9a-f]{40}$/);
});

test('a lesson that was changed, staged or removed is not as committed', async (t) => {
  const { root, write, git, names } = repository(t);
  write('notebooks/00-a.ipynb', '{"a":2}');
  assert.deepEqual(await names(), ['ü b.ipynb']);
  git('add', '.');
  assert.deepEqual(await names(), ['ü b.ipynb']);
  fs.rmSync(path.join(root, 'notebooks/ü b.ipynb'));
  assert.deepEqual(await names(), []);
});

test('a folder inside somebody else’s repository has no committed lessons', async (t) => {
  const { root } = repository(t);
  const inner = path.join(root, 'notebooks');
  fs.mkdirSync(path.join(inner, 'notebooks'));
  fs.writeFileSync(path.join(inner, 'notebooks', '00-a.ipynb'), '{"a":1}');
  assert.deepEqual(await committedLessons(inner), []);
});
