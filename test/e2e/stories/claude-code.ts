import { execFile } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installOnDemand } from '../../sandbox/on-demand.ts';

const VERSION = '2.1.329';

/** A server that answers the handshake and nothing else: `claude mcp get` really starts it. */
const SERVER = `
process.stdin.on('data', (data) => {
  for (const line of String(data).split('\\n').filter(Boolean)) {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) continue;
    const result = method === 'initialize' ? { protocolVersion: params.protocolVersion, capabilities: {}, serverInfo: { name: 'acme', version: '1' } } : {};
    console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
  }
});
process.stdin.on('end', () => process.exit(0));
`;

/** Claude Code's own command line, with a home of its own and no network. */
export class ClaudeCode {
  readonly #binary: string;
  readonly #home: string;
  /** A project that Claude Code is run in. */
  readonly project: string;
  /** The script of a server that really runs. */
  readonly server: string;

  private constructor(binary: string, home: string) {
    this.#binary = binary;
    this.#home = home;
    this.project = join(home, 'project');
    this.server = join(this.project, 'server.cjs');
  }

  /** @returns itself, or the reason why it can't run here. */
  static async install(home: string): Promise<ClaudeCode | { missing: string }> {
    const installed = await installOnDemand('@anthropic-ai/claude-code', VERSION);
    if ('missing' in installed) return installed;
    const name = `claude-code-${process.platform}-${process.arch}`;
    const binary = join(installed.folder, 'node_modules', '@anthropic-ai', name, 'claude');
    const there = await access(binary).then(
      () => true,
      () => false,
    );
    if (!there) return { missing: `Claude Code ${VERSION} has no program for ${process.platform} ${process.arch}` };
    const claude = new ClaudeCode(binary, home);
    await mkdir(claude.project, { recursive: true });
    await writeFile(claude.server, SERVER);
    return claude;
  }

  /** Runs one command in the project. @returns its output. */
  async run(...args: string[]): Promise<string> {
    const env = {
      PATH: process.env.PATH,
      HOME: this.#home,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
    };
    const { stdout } = await promisify(execFile)(this.#binary, args, { cwd: this.project, env, timeout: 60_000 });
    return stdout;
  }
}
