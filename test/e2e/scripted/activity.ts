import type { ActivityEntry, ActivityKind, EndedRotation } from '../../../main/activity/activity.schema.ts';
import { claudeCodeFile, claudeDesktopFile, cursorFile } from './hosts.ts';

const LINE_BYTES = 200;

/** A little of everything, over three days. */
export function activity(): ActivityEntry[] {
  const entry = (
    hoursAgo: number,
    kind: ActivityKind,
    who: string,
    change: Partial<ActivityEntry> = {},
  ): ActivityEntry => ({
    position: 0,
    at: new Date(Date.now() - hoursAgo * 60 * 60_000).toISOString(),
    kind,
    credential: 'work',
    rotationId: null,
    who,
    detail: null,
    ...change,
  });
  const rotationId = '7d5a4f2e-93b7-4c1b-8d1f-6a2a5d1c3e10';
  const by = {
    via: 'agent',
    program: 'node',
    client: { name: 'claude-code', version: '2.1.14' },
    approver: 'page',
  } as const;
  const entries = [
    entry(0.1, 'key-copied', 'page'),
    entry(0.2, 'rotation-ended', 'rekey', {
      rotationId,
      detail: 'done-in-part',
      by,
      rotation: endedRotation(rotationId),
    }),
    entry(0.2, 'rotation-approved', 'page', { rotationId }),
    entry(0.3, 'rotation-asked', 'agent claude-code', { detail: null }),
    entry(25, 'rotation-denied', 'page', { credential: 'wallet' }),
    entry(25.1, 'rotation-asked', 'agent unknown-client', { credential: 'wallet' }),
    entry(25.5, 'credential-verified', 'terminal', { credential: 'logs production', detail: 'accepted' }),
    entry(26, 'file-restored', 'page', {
      credential: null,
      detail: '/home/sam/.config/Claude/claude_desktop_config.json, 2026-11-19T22:21:28.000Z',
    }),
    entry(72, 'credential-added', 'page', { credential: 'market', detail: 'a2amarket' }),
    entry(72.1, 'keychain-chosen', 'page', { credential: null, detail: 'file' }),
    entry(72.2, 'file-set-aside', 'rekey', {
      credential: null,
      detail: '/home/sam/.local/share/rekey/settings.json.unreadable-1763640000000',
    }),
  ];
  return entries.map((one, index) => ({ ...one, position: (entries.length - 1 - index) * LINE_BYTES }));
}

/** Two places done, one left to do. */
function endedRotation(id: string): EndedRotation {
  const at = new Date(Date.now() - 12 * 60_000).toISOString();
  const site = { server: 'bitscale', line: 7, state: 'patched', problem: null } as const;
  return {
    id,
    requester: { via: 'agent', program: 'node', client: { name: 'claude-code', version: '2.1.14' } },
    approver: 'page',
    provider: 'bitscale',
    way: 'request',
    strategy: 'in-place',
    startedAt: at,
    endedAt: at,
    outcome: 'done-in-part',
    oldFingerprint: '91ce00ab7f12',
    newFingerprint: '3f9a1c2b4d5e',
    sites: [
      { ...site, owner: 'Claude Desktop', file: claudeDesktopFile },
      { ...site, owner: 'Claude Code', file: claudeCodeFile, line: 2113, state: 'to-do', problem: 'file-not-writable' },
      { ...site, owner: 'Cursor', file: cursorFile, line: 6 },
    ],
    restarts: [{ host: 'Claude Desktop', state: 'wanted', problem: null }],
    revocation: null,
  };
}
