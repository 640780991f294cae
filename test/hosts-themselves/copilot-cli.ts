import { CommandLine } from './command-line.ts';
import { type Installed, installHost, programOf } from './installed.ts';

const VERSION = '1.0.102';

/** How Copilot CLI tells of one server. */
export interface CopilotServer {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GitHub Copilot CLI's own command line, with a home of its own. */
export class CopilotCli {
  /** For a test that must hold it up, or end it. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #home: string;
  readonly #commandLine: CommandLine;

  private constructor(program: string, home: string) {
    this.program = program;
    this.env = { HOME: home, PATH: process.env.PATH ?? '' };
    this.#home = home;
    this.#commandLine = new CommandLine(program, this.env);
  }

  static install(): Promise<Installed> {
    return installHost('@github/copilot', VERSION, `@github/copilot-${process.platform}-${process.arch}/copilot`);
  }

  static async at(home: string): Promise<CopilotCli> {
    return new CopilotCli(programOf(await CopilotCli.install()), home);
  }

  /** Runs one command. @returns its output. */
  run(...args: readonly string[]): Promise<string> {
    return this.#commandLine.run(this.#home, ...args);
  }

  async server(name: string): Promise<CopilotServer> {
    const servers: Readonly<Record<string, CopilotServer>> = JSON.parse(
      await this.run('mcp', 'get', name, '--json', '--show-secrets'),
    );
    const server = servers[name];
    if (!server) throw new Error(`Copilot CLI tells of no server ${name}`);
    return server;
  }
}
