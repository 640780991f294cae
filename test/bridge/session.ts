import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** util-linux's `script` gives a real pseudo-terminal. */
export const hasScript = ((): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
})();

/** A Node program in a terminal with a person at it. */
export class Session {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number>;
  shown = '';

  /** @param words the program and its arguments. */
  constructor(home: string, words: readonly string[]) {
    const command = `exec ${[process.execPath, ...words].map((word) => `'${word}'`).join(' ')}`;
    const env = { PATH: process.env.PATH, HOME: home, REKEY_HOME: home, TERM: 'xterm' };
    this.child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env });
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.shown += chunk.toString();
    });
    this.ended = once(this.child, 'close').then(([code]) => code);
  }

  async sees(text: string): Promise<void> {
    while (!this.shown.includes(text)) {
      const ended = await Promise.race([
        once(this.child.stdout, 'data').then(() => false),
        this.ended.then(() => true),
      ]);
      if (ended && !this.shown.includes(text)) throw new Error(`ended without “${text}”: ${this.shown}`);
    }
  }

  type(text: string): void {
    this.child.stdin.write(text);
  }
}
