import type { Activity, ActivityKind } from '../../../main/activity/activity.schema.ts';

/** A little of everything, over three days. */
export function activity(): Activity[] {
  const entry = (hoursAgo: number, kind: ActivityKind, who: string, change: Partial<Activity> = {}): Activity => ({
    at: new Date(Date.now() - hoursAgo * 60 * 60_000).toISOString(),
    kind,
    credential: 'work',
    rotationId: null,
    who,
    detail: null,
    ...change,
  });
  const rotationId = '7d5a4f2e-93b7-4c1b-8d1f-6a2a5d1c3e10';
  return [
    entry(0.1, 'key-copied', 'page'),
    entry(0.2, 'rotation-ended', 'rekey', { rotationId, detail: 'done' }),
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
    entry(72.1, 'keychain-chosen', 'person', { credential: null, detail: 'file' }),
    entry(72.2, 'file-set-aside', 'rekey', {
      credential: null,
      detail: '/home/sam/.local/share/rekey/settings.json.unreadable-1763640000000',
    }),
  ];
}
