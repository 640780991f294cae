import { claudeDesktop } from '../hosts/catalogue/claude-desktop.ts';
import { cursor } from '../hosts/catalogue/cursor.ts';
import { geminiCli } from '../hosts/catalogue/gemini-cli.ts';
import type { Host, HostFileSpec } from '../hosts/host.ts';
import { VARIABLE } from './practice-provider.ts';

/** A pretended file of one of the {@link practiceHosts}. */
export interface PretendedFile {
  readonly host: Host;
  readonly spec: HostFileSpec;
  content(key: string): string;
}

export const claudeFile: PretendedFile = {
  ...playedBy(claudeDesktop, 'user'),
  content: (key) => `{
  "globalShortcut": "Ctrl+Space",
  "mcpServers": {
    "practice": {
      "command": "npx",
      "args": ["-y", "practice-server"],
      "env": { "${VARIABLE}": "${key}" }
    },
    "files": { "command": "npx", "args": ["-y", "files-server"] }
  }
}
`,
};

export const cursorFile: PretendedFile = {
  ...playedBy(cursor, 'user'),
  content: (key) => `{
  // Comments and spaces stay as they are.
  "mcpServers": {
    "practice":   { "url": "https://practice.example/mcp", "headers": { "Authorization": "Bearer ${key}" } },
  },
}
`,
};

export const variablesFile: PretendedFile = {
  ...playedBy(geminiCli, 'variables'),
  content: (key) => `# Variables of the programs that are started here
LOG_LEVEL=info
${VARIABLE}=${key}
`,
};

export const pretendedFiles: readonly PretendedFile[] = [claudeFile, cursorFile, variablesFile];

/**
 * The hosts of the sandbox: some of the catalogue, each with the one file that is pretended. Nothing else is looked for,
 * not even a file of the whole system (`/etc/...`).
 */
export const practiceHosts: readonly Host[] = pretendedFiles.map(({ host, spec }) => ({
  ...host,
  files: [spec],
  traces: [],
  copies: [],
  projectLists: [],
}));

function playedBy(host: Host, scope: string): Pick<PretendedFile, 'host' | 'spec'> {
  const spec = host.files.find((file) => file.scope === scope);
  if (!spec) throw new Error(`${host.name} has no file of the scope ${scope}`);
  return { host, spec };
}
