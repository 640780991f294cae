import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../build/build.ts';
import { spawnWithKeyring } from '../../credentials/gnome-keyring.ts';

const REKEY = join(root, 'dist', 'rekey.mjs');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built app in a home of its own, on a real keyring; and the command line and the bridge beside it. */
export class App {
  readonly #home: string;
  readonly #opened: string;
  readonly #env: Readonly<Record<string, string>>;
  #process: ChildProcess | null = null;

  /** @param variables that its shell sets besides. */
  constructor(home: string, variables: Readonly<Record<string, string>> = {}) {
    this.#home = home;
    this.#opened = join(home, 'opened.txt');
    this.#env = {
      PATH: process.env.PATH ?? '',
      HOME: home,
      REKEY_HOME: join(home, 'rekey'),
      BROWSER: join(home, 'browser.sh'),
      ...variables,
    };
  }

  /** For a client that starts `rekey mcp` itself. */
  get bridge(): { command: string; args: string[]; env: Record<string, string> } {
    return { command: process.execPath, args: [REKEY, 'mcp'], env: { ...this.#env } };
  }

  async start(): Promise<void> {
    // In the place of a browser: it notes what it is to open.
    await writeFile(join(this.#home, 'browser.sh'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${this.#opened}'\n`);
    await chmod(join(this.#home, 'browser.sh'), 0o755);
    const app = spawnWithKeyring(process.execPath, [join(root, 'dist', 'browser.mjs'), '--no-open'], {
      env: this.#env,
      home: this.#home,
      state: 'unlocked',
    });
    this.#process = app;
    let said = '';
    app.stderr?.on('data', (data) => {
      said += data;
    });
    await new Promise<void>((resolve, reject) => {
      app.stdout?.on('data', (data) => String(data).includes('Rekey runs') && resolve());
      app.once('exit', () => reject(new Error(`the app ended at once: ${said}`)));
    });
  }

  async stop(): Promise<void> {
    const app = this.#process;
    if (!app || app.exitCode !== null || app.signalCode !== null) return;
    app.kill('SIGTERM');
    await once(app, 'exit');
  }

  /** One command of the command line. A key goes to its standard input. */
  async run(args: readonly string[], input = ''): Promise<Finished> {
    const child = spawn(process.execPath, [REKEY, ...args], { env: this.#env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    return { code, stdout, stderr };
  }

  /** The same, with `--json`. */
  async json<T>(args: readonly string[], input = ''): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], input);
    if (stdout === '') throw new Error(`${args[0]} ended with ${code} and said: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** The file that the app gave to the browser last, as an address. */
  async opened(): Promise<string | null> {
    const lines = await readFile(this.#opened, 'utf8').catch(() => '');
    const last = lines.trim().split('\n').at(-1);
    return last ? `file://${last}` : null;
  }
}
