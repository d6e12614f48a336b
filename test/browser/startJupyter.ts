import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { watchHosts } from './foreignHosts';

const { npmCommand } = require('../../scripts/setup/packages');
const { ROOT } = require('../../scripts/setup/paths');

export type FrontEnd = 'lab' | 'notebook';

export interface Jupyter {
  /** Where a test puts the notebooks that it opens: inside the project, and ignored by git. */
  folder: string;
  /** @returns the address of a notebook in the folder. */
  url(frontEnd: FrontEnd, name: string): string;
  /** @returns the hosts that the server and its kernels asked for anything, this machine aside. */
  foreign(): string[];
}

const START_MS = 60_000;

/** Starts JupyterLab, and with it Notebook 7, by `npm start`; all of it ends with the test. */
export async function startJupyter(t: TestContext): Promise<Jupyter> {
  fs.mkdirSync(path.join(ROOT, 'out'), { recursive: true });
  const folder = fs.mkdtempSync(path.join(ROOT, 'out', 'browser-'));
  const hosts = watchHosts(path.join(folder, 'hosts.txt'));
  const { argv, shell } = npmCommand();
  const port = await freePort();
  const server = spawn(argv[0], [...argv.slice(1), 'start', '--', ...jupyterArguments(port, folder)], {
    cwd: ROOT,
    env: { ...process.env, ...hosts.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell,
  });
  // The streams are open until the last process has ended that was started with them: Jupyter itself.
  const ended = new Promise((resolve) => server.on('close', resolve));
  t.after(async () => {
    server.kill();
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  });
  let log = '';
  const token = await new Promise<string>((resolve, reject) => {
    const fail = (): void => reject(new Error(`npm start did not start JupyterLab:\n${log}`));
    setTimeout(fail, START_MS).unref();
    ended.then(fail);
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        log += text;
        const [, found] = /http:\/\/localhost:\d+\/lab\/tree\/notebooks\/\S+\?token=(\w+)/.exec(log) ?? [];
        if (found) resolve(found);
      });
    }
  });
  assert.match(log, /notebook \| extension was successfully loaded/, 'Notebook 7 is there, too');
  const pages = { lab: 'lab/tree', notebook: 'notebooks' };
  const place = path.relative(ROOT, folder).split(path.sep).join('/');
  return {
    folder,
    url: (frontEnd, name) =>
      `http://localhost:${port}/${pages[frontEnd]}/${place}/${name}?token=${token}&reset`,
    foreign: hosts.foreign,
  };
}

function jupyterArguments(port: number, folder: string): string[] {
  return [
    '--no-browser',
    `--port=${port}`,
    '--ServerApp.port_retries=0',
    // Which tabs the developer has open is not ours to reset.
    `--LabApp.workspaces_dir=${path.join(folder, 'workspaces')}`,
    // window.jupyterapp: to start commands, and to ask what the kernel does.
    '--LabApp.expose_app_in_browser=True',
    '--JupyterNotebookApp.expose_app_in_browser=True',
  ];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
