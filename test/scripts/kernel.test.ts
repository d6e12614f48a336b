import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CellRun, KernelClient, temporaryProject } from './kernelClient';

const project = temporaryProject({
  'src/index.ts': "export { double, fail } from './arithmetic';\n",
  'src/arithmetic.ts': [
    'export function double(x: number): number { return 2 * x; }',
    "export function fail(): never { throw new RangeError('percent must be below 1'); }",
    '',
  ].join('\n'),
});

function errorOf(run: CellRun) {
  return run.published.find((message) => message.type === 'error')?.content;
}

describe('the kernel of the lessons', () => {
  let kernel: KernelClient;

  before(async () => {
    kernel = await KernelClient.start(project);
  });
  after(() => {
    kernel.close();
    fs.rmSync(project, { recursive: true, force: true });
  });

  it('runs cells in the root of the project, wherever Jupyter starts it', async () => {
    const run = await kernel.run(
      "import { double } from './src/index'\nconsole.log(process.cwd(), double(4))",
    );
    assert.equal(run.stdout, `${project} 8\n`);
    assert.equal(run.reply.status, 'ok');
  });

  it('counts the cells, in the reply and in execute_input', async () => {
    const first = await kernel.run('1');
    const second = await kernel.run('2');
    assert.equal(second.reply.execution_count, first.reply.execution_count + 1);
    const input = second.published.find((message) => message.type === 'execute_input');
    assert.deepEqual(input?.content, { code: '2', execution_count: second.reply.execution_count });
  });

  it('answers a thrown error with its name, its message and a traceback without paths of the machine', async () => {
    const run = await kernel.run("import { fail } from './src/index'\nfail()");
    const expected = {
      ename: 'RangeError',
      evalue: 'percent must be below 1',
      traceback: [
        'RangeError: percent must be below 1',
        '    at fail (src/arithmetic.ts)',
        '    at a notebook cell',
      ],
    };
    assert.deepEqual(errorOf(run), expected);
    assert.equal(run.reply.status, 'error');
    assert.deepEqual(run.reply.traceback, expected.traceback);
  });

  it('names the file and the place of a type error', async () => {
    const run = await kernel.run("import { double } from './src/index'\ndouble('four')");
    const evalue = "2:8 - Argument of type 'string' is not assignable to parameter of type 'number'.";
    assert.deepEqual(errorOf(run), {
      ename: 'TypeScriptError',
      evalue,
      traceback: [`TypeScriptError: ${evalue}`],
    });
  });

  it('shows a thrown value that is no error', async () => {
    assert.equal(errorOf(await kernel.run('throw { code: 7 }'))?.evalue, '{ code: 7 }');
  });

  it('fails a cell that leaves a rejection behind', async () => {
    const run = await kernel.run(
      "Promise.reject(new TypeError('nobody waits for me'));\nconsole.log('went on')",
    );
    assert.equal(run.stdout, 'went on\n');
    assert.equal(run.reply.status, 'error');
    assert.equal(errorOf(run).ename, 'UnhandledTypeError');
    assert.equal(errorOf(run).evalue, 'nobody waits for me');
    assert.deepEqual(errorOf(run).traceback.slice(0, 2), [
      'UnhandledTypeError: nothing in this cell waits for it',
      'TypeError: nobody waits for me',
    ]);
  });

  it('prints a rejection that comes when no cell is running', async () => {
    await kernel.run("setTimeout(() => Promise.reject(new Error('too late')), 50); 0");
    const text = await kernel.waitForStderr(/too late/);
    assert.match(
      text,
      /^After the cell had ended:\nUnhandledError: nothing in this cell waits for it\nError: too late\n/,
    );
  });

  it('aborts the cells that wait behind a failing one, and none that comes later', async () => {
    const runs = await kernel.runAll(["throw new Error('stop')", "console.log('must not run')"]);
    assert.deepEqual(
      runs.map((run) => run.reply.status),
      ['error', 'aborted'],
    );
    assert.equal(runs[1].stdout, '');
    assert.equal((await kernel.run("console.log('runs')")).stdout, 'runs\n');
  });

  it('aborts nothing when the failing cell was sent with stop_on_error false', async () => {
    const failing = kernel.run("throw new Error('expected')", { stop_on_error: false });
    const next = kernel.run("console.log('runs')");
    assert.equal((await failing).reply.status, 'error');
    assert.equal((await next).stdout, 'runs\n');
  });

  it('stops a cell that waits when interrupted, and goes on with the next', async () => {
    const waiting = kernel.run("console.log('waiting'); await new Promise(() => {})");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    kernel.interrupt();
    assert.equal(errorOf(await waiting)?.evalue, 'Interrupted asynchronously');
    assert.equal((await kernel.run("console.log('alive')")).stdout, 'alive\n');
  });

  it('knows a name from an earlier cell also in a shorthand property', async () => {
    await kernel.run('const percent = 0.5, width = 4;');
    assert.equal(
      (await kernel.run('console.log({ percent, width })')).stdout,
      '{ percent: 0.5, width: 4 }\n',
    );
    const assigned = await kernel.run('let a = 1, b = 2; ({ a, b } = { a: b, b: a }); console.log(a, b)');
    assert.equal(assigned.stdout, '2 1\n');
    const wrong = await kernel.run('const o = { percent, width }; const t: string = 1;');
    assert.equal(errorOf(wrong)?.evalue, "1:37 - Type 'number' is not assignable to type 'string'.");
  });

  it('sends any message of the protocol for a cell, such as clear_output', async () => {
    const run = await kernel.run(
      "const send = require('tslab/dist/jupyter').lastWriteDisplayData.send;\nsend('clear_output', { wait: true })",
    );
    const cleared = run.published.find((message) => message.type === 'clear_output');
    assert.deepEqual(cleared?.content, { wait: true });
  });

  it('picks up an edit of a source file through the index that exports it', async () => {
    const cell = "import { double } from './src/index'\nconsole.log(double(4))";
    assert.equal((await kernel.run(cell)).stdout, '8\n');
    const file = path.join(project, 'src/arithmetic.ts');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('return 2 * x', 'return x + x + 1'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal((await kernel.run(cell)).stdout, '9\n');
  });

  it('goes on after a file came and went in a folder in which a package was looked for', async () => {
    const source = "import * as tf from '@tensorflow/tfjs';\nexport const version = tf.version.tfjs;\n";
    const other = temporaryProject({ 'src/index.ts': source });
    const client = await KernelClient.start(other);
    try {
      const cell = "import { version } from './src/index'\nconsole.log(version)";
      await client.run(cell);
      const file = path.join(other, 'src', 'new.ts');
      for (const change of [() => fs.writeFileSync(file, ''), () => fs.rmSync(file)]) {
        change();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        assert.equal((await client.run(cell)).stdout, '4.22.0\n');
      }
    } finally {
      client.close();
      fs.rmSync(other, { recursive: true, force: true });
    }
  });

  it('compiles and loads src/index before the first cell, and neither shows nor counts that', async () => {
    const other = temporaryProject({
      'src/index.ts': `import * as fs from 'node:fs';
fs.appendFileSync('loaded', 'x');
console.log('loading');
export const one: number = 1;
`,
    });
    const client = await KernelClient.start(other);
    try {
      const loaded = path.join(other, 'loaded');
      for (let tries = 0; tries < 200 && !fs.existsSync(loaded); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const run = await client.run("import { one } from './src/index'\nconsole.log(one)");
      assert.equal(run.stdout, '1\n');
      assert.equal(run.reply.execution_count, 1);
      assert.equal(fs.readFileSync(loaded, 'utf8'), 'x');
    } finally {
      client.close();
      fs.rmSync(other, { recursive: true, force: true });
    }
  });

  it('says in the first cell what is wrong in src/index, and goes on when it is mended', async () => {
    const other = temporaryProject({ 'src/index.ts': "export const one: number = 'one';\n" });
    const client = await KernelClient.start(other);
    try {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      const cell = "import { one } from './src/index'\nconsole.log(one)";
      const failed = await client.run(cell);
      assert.match(errorOf(failed)?.evalue, /Type 'string' is not assignable to type 'number'\./);
      fs.writeFileSync(path.join(other, 'src/index.ts'), 'export const one: number = 1;\n');
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal((await client.run(cell)).stdout, '1\n');
    } finally {
      client.close();
      fs.rmSync(other, { recursive: true, force: true });
    }
  });

  it('ends by itself when Jupyter asks, also before and while it prepares for the first cell', async () => {
    for (const milliseconds of [0, 200, 1000]) {
      const other = await KernelClient.start(project);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      assert.equal(await other.shutdown(), 0);
    }
  });
});
