import type { FoundKey, Scan } from '../../../main/scan/scan.schema.ts';
import { claudeCodeFile, claudeDesktopFile, cursorFile } from './hosts.ts';

const claudeDesktop = { kind: 'host', id: 'claude-desktop', name: 'Claude Desktop' } as const;
const claudeCode = { kind: 'host', id: 'claude-code', name: 'Claude Code' } as const;
const cursor = { kind: 'host', id: 'cursor', name: 'Cursor' } as const;

const found = (id: string, key: Partial<FoundKey>): FoundKey => ({
  id,
  owner: claudeDesktop,
  file: claudeDesktopFile,
  scope: 'user',
  where: 'server',
  server: 'bitscale',
  place: 'env',
  path: ['mcpServers', 'bitscale', 'env', 'BITSCALE_API_KEY'],
  line: 7,
  times: 1,
  masked: 'sk-live-•••• (5f1d3c9a7b20)',
  why: { kind: 'known', credential: 'work', isDead: false },
  providers: [],
  ...key,
});

/** A key of each kind, in places of each kind. */
export function scan(): Scan {
  return {
    findings: [
      found('known', {}),
      found('unknown-bitscale', {
        server: 'staging',
        path: ['mcpServers', 'staging', 'env', 'BITSCALE_API_KEY'],
        line: 21,
        masked: 'sk-live-•••• (0d9e8f7a6b5c)',
        why: { kind: 'pattern', service: 'BitScale' },
        providers: ['bitscale'],
      }),
      found('github', {
        owner: cursor,
        file: cursorFile,
        server: 'github',
        place: 'header',
        path: ['mcpServers', 'github', 'headers', 'Authorization'],
        line: 14,
        masked: 'ghp_•••• (7c6b5a493827)',
        why: { kind: 'pattern', service: 'GitHub' },
      }),
      found('random', {
        owner: cursor,
        file: cursorFile,
        server: 'search',
        place: 'argument',
        path: ['mcpServers', 'search', 'args', 2],
        line: 22,
        masked: '•••• (1a2b3c4d5e6f)',
        why: { kind: 'entropy' },
      }),
      found('dead-in-chat', {
        owner: claudeCode,
        file: claudeCodeFile,
        where: 'outside-server-table',
        server: null,
        place: null,
        path: [],
        line: 48_213,
        times: 3,
        masked: 'sk-live-•••• (aa11bb22cc33)',
        why: { kind: 'known', credential: 'work', isDead: true },
      }),
    ],
    problems: [
      {
        owner: { kind: 'host', id: 'gemini', name: 'Gemini CLI' },
        file: '/home/sam/.gemini/settings.json',
        problem: {
          code: 'file-not-parsable',
          message: "settings.json can't be read: a value is missing here (line 12, column 3). It was not changed.",
          wayOut: 'Open the file in an editor and repair it there, then try again.',
        },
      },
    ],
  };
}
