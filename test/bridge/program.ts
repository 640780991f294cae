import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { BuiltBridge } from './built-bridge.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the `rekey` program. */
export class Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(
    { program }: Pick<BuiltBridge, 'program'>,
    home: string,
    args: readonly string[],
    /** `node` is null for a program that brings its own. */
    { node = process.execPath, env = {} }: { node?: string | null; env?: Record<string, string> } = {},
  ) {
    const [command, ...before] = node === null ? [program] : [node, program];
    this.child = spawn(command, [...before, ...args], {
      env: { PATH: process.env.PATH, HOME: home, REKEY_HOME: home, ...env },
    });
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.child.stdin.on('error', () => {});
    this.ended = once(this.child, 'close').then(([code]) => ({ code, stdout: this.stdout, stderr: this.stderr }));
  }

  send(message: unknown): void {
    this.child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Waits until the text stands on this stream. */
  async says(text: string | RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    while (!(typeof text === 'string' ? this[stream].includes(text) : text.test(this[stream]))) {
      await Promise.race([once(this.child[stream], 'data'), this.ended.then(({ code }) => this.#tooEarly(text, code))]);
    }
  }

  #tooEarly(text: string | RegExp, code: number | null): void {
    if (typeof text === 'string' ? this.stdout.includes(text) || this.stderr.includes(text) : true) return;
    throw new Error(`ended with ${code} before it said ${text}; stderr: ${this.stderr}`);
  }
}

export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
