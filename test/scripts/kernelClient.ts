import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { Dealer, Subscriber } from 'zeromq';

const ROOT = path.resolve(__dirname, '../..');
const DELIMITER = '<IDS|MSG>';
const KEY = 'test';

interface Message {
  type: string;
  parent: string;
  // biome-ignore lint/suspicious/noExplicitAny: the content of a Jupyter message depends on its type.
  content: any;
}

export interface CellRun {
  // biome-ignore lint/suspicious/noExplicitAny: see Message.
  reply: any;
  /** All that the cell published, in order, without the status messages. */
  published: Message[];
  stdout: string;
  stderr: string;
}

/**
 * A project in a temporary folder: the real launcher and node_modules, and sources of its own.
 * @param files name -> text, relative to the folder.
 */
export function temporaryProject(files: Record<string, string>): string {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kernel test ')));
  for (const part of ['kernel-launcher.js', 'kernel']) {
    fs.cpSync(path.join(ROOT, 'scripts', part), path.join(dir, 'scripts', part), { recursive: true });
  }
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
  }
  return dir;
}

/** Speaks Jupyter's protocol with a kernel of its own, without Jupyter. */
export class KernelClient {
  private readonly shell = new Dealer();
  private readonly iopub = new Subscriber();
  private readonly received: Message[] = [];
  private kernel!: ChildProcess;
  private folder!: string;

  /** @param project a folder with scripts/kernel-launcher.js; the kernel is started elsewhere, as Jupyter does. */
  static async start(project: string): Promise<KernelClient> {
    const client = new KernelClient();
    client.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'connection-'));
    const connection = path.join(client.folder, 'c.json');
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
    const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
    fs.writeFileSync(connection, JSON.stringify({ ...ports, ip: '127.0.0.1', key: KEY, transport: 'tcp' }));
    const launcher = path.join(project, 'scripts/kernel-launcher.js');
    client.kernel = spawn(process.execPath, [launcher, `--config-path=${connection}`], {
      cwd: client.folder,
      stdio: 'ignore',
    });
    client.shell.connect(`tcp://127.0.0.1:${shell_port}`);
    client.iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
    client.iopub.subscribe();
    void client.listen(client.iopub);
    void client.listen(client.shell);
    await client.ready();
    return client;
  }

  /** Sends one cell and waits for its end. */
  async run(code: string, options: { stop_on_error?: boolean } = {}): Promise<CellRun> {
    return this.finished(await this.send('execute_request', { code, silent: false, ...options }));
  }

  /** Sends all cells at once, as "Run All" does. */
  async runAll(cells: string[]): Promise<CellRun[]> {
    const ids: string[] = [];
    for (const code of cells) ids.push(await this.send('execute_request', { code, silent: false }));
    return Promise.all(ids.map((id) => this.finished(id)));
  }

  interrupt(): void {
    this.kernel.kill('SIGINT');
  }

  /** What the kernel published outside of what `run` returned, for example after a cell's end. */
  async waitForStderr(pattern: RegExp): Promise<string> {
    const find = () => this.received.find((m) => m.content.name === 'stderr' && pattern.test(m.content.text));
    await until(() => find() !== undefined, `stderr like ${pattern}`);
    return find()?.content.text;
  }

  /** @returns the kernel's exit code once it has shut down by request. */
  async shutdown(): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => this.kernel.once('exit', resolve));
    await this.send('shutdown_request', { restart: false });
    const code = await exit;
    this.close();
    return code;
  }

  close(): void {
    this.kernel.kill('SIGKILL');
    this.shell.close();
    this.iopub.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async finished(id: string): Promise<CellRun> {
    const mine = () => this.received.filter((message) => message.parent === id);
    const idle = (m: Message) => m.type === 'status' && m.content.execution_state === 'idle';
    const reply = () => mine().find((m) => m.type === 'execute_reply');
    await until(() => mine().some(idle) && reply() !== undefined, 'the end of a cell');
    const published = mine().filter((m) => m.type !== 'status' && m.type !== 'execute_reply');
    const text = (name: string) =>
      published.map((m) => (m.type === 'stream' && m.content.name === name ? m.content.text : '')).join('');
    return { reply: reply()?.content, published, stdout: text('stdout'), stderr: text('stderr') };
  }

  /** A subscriber misses what is published before it has connected, so ask until an answer is published. */
  private async ready(): Promise<void> {
    const answered = () => this.received.some((m) => m.type === 'status');
    for (let tries = 0; tries < 100 && !answered(); tries++) {
      await this.send('kernel_info_request', {});
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await until(answered, 'the start of the kernel');
  }

  private async send(type: string, content: object): Promise<string> {
    const id = randomUUID();
    const header = { msg_id: id, msg_type: type, session: 'test', username: 'test', version: '5.3' };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const hmac = createHmac('sha256', KEY);
    for (const part of parts) hmac.update(part);
    await this.shell.send([DELIMITER, hmac.digest('hex'), ...parts]);
    return id;
  }

  private async listen(socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      const texts = frames.map((frame) => frame.toString());
      const [header, parent, , content] = texts.slice(texts.indexOf(DELIMITER) + 2).map((t) => JSON.parse(t));
      this.received.push({ type: header.msg_type, parent: parent.msg_id, content });
    }
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited 60 seconds for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = net.createServer();
      return new Promise<net.Server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
