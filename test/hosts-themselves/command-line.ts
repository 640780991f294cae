import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A host's own command line, with a home of its own. */
export class CommandLine {
  readonly #program: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(program: string, env: Readonly<Record<string, string>>) {
    this.#program = program;
    this.#env = { PATH: process.env.PATH ?? '', ...env };
  }

  /**
   * Runs one command to its end. @returns its standard output.
   * @throws with what it wrote to standard error when it fails.
   */
  async run(cwd: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(this.#program, args, { cwd, env: this.#env, timeout: 60_000 });
    return stdout;
  }
}
