import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Notes what it was given, answers the handshake and nothing else: `claude mcp get` really starts it. */
const SERVER = `
const { writeFileSync } = require('node:fs');
const [file, ...args] = process.argv.slice(2);
writeFileSync(file, JSON.stringify({ args, env: process.env }));
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

/** What a host handed to a server that it started. */
export interface Given {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** An MCP server in a process of its own, which leaves a note of the arguments and variables that it was started with. */
export class RecordingServer {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param folder for the script and its notes; it may not be there yet. */
  static async write(folder: string): Promise<RecordingServer> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'server.cjs'), SERVER);
    return new RecordingServer(folder);
  }

  /** The command that a host is given for the server of this name. */
  command(name: string, ...args: readonly string[]): string[] {
    return [process.execPath, join(this.#folder, 'server.cjs'), this.#note(name), ...args];
  }

  /** What the server of this name was given when it was started; the note of it goes, so that none is read twice. */
  async given(name: string): Promise<Given> {
    const note = await readFile(this.#note(name), 'utf8');
    await rm(this.#note(name));
    return JSON.parse(note);
  }

  #note(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}
