import type { App, Finished } from '../e2e/stories/app.ts';
import type { Place } from './sweep.ts';

const CONFIRMED = ['--confirm', 'rotate-now', '--no-restart-hosts'];
const SHOWING = ['list', 'hosts', 'scan', 'status', 'activity', 'approvals', 'settings', 'keychain', 'services'];

/** The command line, and what it printed. */
export class Console {
  readonly printed: Place[] = [];
  readonly #app: App;
  readonly #onRun: () => void;

  /** @param onRun called after each command. */
  constructor(app: App, onRun: () => void) {
    this.#app = app;
    this.#onRun = onRun;
  }

  async run(args: readonly string[], input = ''): Promise<Finished> {
    const finished = await this.#app.run(args, input);
    for (const stream of ['stdout', 'stderr'] as const)
      this.printed.push({ name: `${stream} of rekey ${args.join(' ')}`, bytes: Buffer.from(finished[stream]) });
    this.#onRun();
    return finished;
  }

  async add(name: string, provider: string, url: string, key: string, ...more: readonly string[]): Promise<void> {
    await this.run(['add', name, '--provider', provider, '--base-url', url, ...more], key);
  }

  /** Pastes the key that the person made by hand. */
  async adopt(name: string, key: string): Promise<void> {
    await this.run(['adopt', name], key);
  }

  /** Back to the old key. */
  async undo(name: string): Promise<void> {
    await this.run(['undo', name, ...CONFIRMED]);
  }

  approve(id: string): Promise<Finished> {
    return this.run(['approve', id, ...CONFIRMED]);
  }

  /** To its end, or to where it stands still. */
  async rotate(name: string, ...more: readonly string[]): Promise<void> {
    await this.run(['rotate', name, ...more, ...CONFIRMED]);
  }

  /** Waits until nothing is under way for this credential. */
  async ended(name: string): Promise<void> {
    for (;;) {
      const { stdout } = await this.run(['list', '--json']);
      const listed: { name: string; state: string }[] = JSON.parse(stdout);
      if (listed.find((credential) => credential.name === name)?.state !== 'rotating') return;
    }
  }

  /** Every command that only shows. */
  async readEverything(): Promise<void> {
    await Promise.all([
      ...SHOWING.flatMap((command) => [this.run([command]), this.run([command, '--json'])]),
      this.run(['activity', '--csv']),
      this.run(['plan', 'work']),
      this.run(['verify', 'work']),
    ]);
  }
}
