import type { Plan, PlannedSite } from '../../../main/rotation/plan.schema.ts';
import type { CredentialView } from '../../../preload/contract.ts';
import { claudeCodeFile, claudeDesktopFile, cursorFile } from './hosts.ts';

const host = (id: string, name: string) => ({ kind: 'host' as const, id, name });
const site = { alsoReadBy: [], form: 'plain' as const, role: 'key', scope: 'user', server: 'bitscale' };

function sites(masked: string): PlannedSite[] {
  const [prefix] = masked.split('••••');
  const fresh = `${prefix}•••• (new)`;
  return [
    {
      ...site,
      owner: host('claude-desktop', 'Claude Desktop'),
      file: claudeDesktopFile,
      place: 'env',
      path: ['mcpServers', 'bitscale', 'env', 'BITSCALE_API_KEY'],
      line: 7,
      before: `        "BITSCALE_API_KEY": "${masked}"`,
      after: `        "BITSCALE_API_KEY": "${fresh}"`,
    },
    {
      ...site,
      owner: host('claude-code', 'Claude Code'),
      file: claudeCodeFile,
      place: 'argument',
      path: ['mcpServers', 'bitscale', 'args', 3],
      line: 2113,
      before: `      "args": ["bitscale-mcp", "--transport", "stdio", "--api-key=${masked}"],`,
      after: `      "args": ["bitscale-mcp", "--transport", "stdio", "--api-key=${fresh}"],`,
    },
    {
      ...site,
      owner: host('cursor', 'Cursor'),
      file: cursorFile,
      place: 'header',
      path: ['mcpServers', 'bitscale', 'headers', 'X-API-KEY'],
      line: 6,
      before: `        "X-API-KEY": "${masked}"`,
      after: `        "X-API-KEY": "${fresh}"`,
    },
  ];
}

export function planFor(credential: CredentialView, agentId: string | null = null): Plan {
  const target =
    agentId === null ? { id: credential.id, name: credential.name } : { id: null, name: `agent ${agentId}` };
  return {
    hash: `plan of ${target.name}`,
    credential: { id: credential.id, name: credential.name },
    target,
    provider: { id: credential.provider, name: credential.providerName },
    strategy: 'in-place',
    way: 'request',
    undoes: null,
    grace: null,
    baseUrl: credential.baseUrl,
    agentId,
    oldFingerprint: agentId === null ? credential.fingerprint : null,
    consequences: [
      { kind: 'old-key-dies-at-once' },
      ...(credential.provider === 'lightning-faucet'
        ? [{ kind: 'blocked' as const, what: 'withdrawals', minutes: agentId === null ? 60 : 30 }]
        : []),
      { kind: 'other-machines-stop' },
      { kind: 'irreversible' },
    ],
    sites: agentId === null ? sites(credential.masked) : [],
    findings:
      agentId === null
        ? [
            {
              kind: 'reference',
              owner: host('vscode', 'VS Code'),
              file: '/home/sam/.config/Code/User/mcp.json',
              server: 'bitscale',
              name: 'BITSCALE_API_KEY',
              expression: '${env:BITSCALE_API_KEY}',
              line: 9,
              source: {
                kind: 'variable',
                name: 'BITSCALE_API_KEY',
                setIn: [{ file: '/home/sam/.zshrc', line: 12, credential: credential.name }],
              },
            },
            {
              kind: 'copy',
              owner: host('claude-code', 'Claude Code'),
              file: '/home/sam/.claude/backups/.claude.json.backup.1763640000000',
            },
          ]
        : [],
    hosts: [
      {
        id: 'claude-desktop',
        name: 'Claude Desktop',
        running: true,
        reload: 'restart-host',
        rewritesFile: true,
        isDesktopApp: true,
      },
      {
        id: 'claude-code',
        name: 'Claude Code',
        running: false,
        reload: 'restart-server',
        rewritesFile: true,
        isDesktopApp: false,
      },
      { id: 'cursor', name: 'Cursor', running: true, reload: 'by-itself', rewritesFile: false, isDesktopApp: true },
    ],
  };
}

/** What is different about a plan when the person makes the key. */
export const BY_HAND: Partial<Plan> = { way: 'by-hand', consequences: [{ kind: 'made-by-hand' }] };

/** And when the old key comes back. */
export const UNDO: Partial<Plan> = {
  way: 'undo',
  strategy: 'overlap',
  consequences: [{ kind: 'newer-key-revoked' }],
};

/** And at a service that lets two keys work side by side. */
export const OVERLAP: Partial<Plan> = {
  strategy: 'overlap',
  grace: { choices: [0, 60, 1_440, 10_080], default: 0 },
  consequences: [{ kind: 'old-key-works-until-revoked' }],
};
