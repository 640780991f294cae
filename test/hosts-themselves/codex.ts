import { CommandLine } from './command-line.ts';
import { type Installed, installHost, programOf } from './installed.ts';

const VERSION = '0.169.0';

/** The names that Rust gives to the platforms, which Codex uses for its folders. */
const TARGETS: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};

/** How Codex tells of one server. */
export interface CodexServer {
  readonly name: string;
  readonly transport: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>> | null;
    readonly url?: string;
    readonly bearer_token_env_var?: string | null;
    readonly http_headers?: Readonly<Record<string, string>> | null;
  };
}

/** Codex's own command line, with a home of its own. Its reader is Rust's, and so shares nothing with Rekey's. */
export class Codex {
  readonly #commandLine: CommandLine;

  private constructor(program: string, home: string, codexHome: string | null) {
    this.#commandLine = new CommandLine(program, { HOME: home, ...(codexHome !== null && { CODEX_HOME: codexHome }) });
  }

  static install(): Promise<Installed> {
    const platform = `${process.platform}-${process.arch}`;
    const binary = `@openai/codex-${platform}/vendor/${TARGETS[platform]}/bin/codex`;
    return installHost('@openai/codex', VERSION, binary);
  }

  /** @param codexHome what CODEX_HOME says, if anything; the folder must be there. */
  static async at(home: string, codexHome: string | null = null): Promise<Codex> {
    return new Codex(programOf(await Codex.install()), home, codexHome);
  }

  /** Runs one command in a folder. @returns its output. */
  run(cwd: string, ...args: readonly string[]): Promise<string> {
    return this.#commandLine.run(cwd, ...args);
  }

  /** All servers that count in a folder. @param options before the command: `-p`, `work`. */
  async servers(cwd: string, ...options: readonly string[]): Promise<CodexServer[]> {
    return JSON.parse(await this.run(cwd, ...options, 'mcp', 'list', '--json'));
  }

  async server(cwd: string, name: string): Promise<CodexServer> {
    return JSON.parse(await this.run(cwd, 'mcp', 'get', name, '--json'));
  }
}
