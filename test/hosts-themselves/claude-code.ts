import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandLine } from './command-line.ts';
import { type Installed, installHost, programOf } from './installed.ts';

const VERSION = '2.1.329';

/** Claude Code's own command line, with a home of its own and no network. */
export class ClaudeCode {
  readonly #commandLine: CommandLine;
  /** A project that Claude Code is run in. */
  readonly project: string;
  /** Where it keeps its copies. */
  readonly backups: string;

  private constructor(program: string, home: string, configFolder: string | null) {
    this.#commandLine = new CommandLine(program, {
      HOME: home,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      ...(configFolder !== null && { CLAUDE_CONFIG_DIR: configFolder }),
    });
    this.project = join(home, 'project');
    this.backups = join(configFolder ?? join(home, '.claude'), 'backups');
  }

  static install(): Promise<Installed> {
    const binary = `@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`;
    return installHost('@anthropic-ai/claude-code', VERSION, binary);
  }

  /** @param configFolder what CLAUDE_CONFIG_DIR says, if anything. */
  static async at(home: string, configFolder: string | null = null): Promise<ClaudeCode> {
    const claude = new ClaudeCode(programOf(await ClaudeCode.install()), home, configFolder);
    await mkdir(claude.project, { recursive: true });
    // Else it starts no server of a project's .mcp.json before a person has agreed.
    const folder = configFolder ?? join(home, '.claude');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), '{ "enableAllProjectMcpServers": true }');
    return claude;
  }

  /** Runs one command in the project. @returns its output. */
  run(...args: readonly string[]): Promise<string> {
    return this.#commandLine.run(this.project, ...args);
  }
}
