import type { BackupView, Restored } from '../../../main/backups/backup.schema.ts';
import { claudeCodeFile, claudeDesktopFile } from './hosts.ts';

const HOUR_MS = 60 * 60_000;
const rotationId = '7d5a4f2e-93b7-4c1b-8d1f-6a2a5d1c3e10';
export const goneFile = '/home/sam/.config/bitscale/credentials.json';

/** Versions of two hosts' files and of one that belongs to none: of every reason, and some that can't be used. */
export function backups(): BackupView[] {
  const version = (file: string, hoursAgo: number, size: number, change: Partial<BackupView> = {}): BackupView => ({
    file,
    at: new Date(Date.now() - hoursAgo * HOUR_MS).toISOString(),
    size,
    reason: { kind: 'rotation', credential: 'work', rotationId },
    problem: null,
    ...change,
  });
  const problem = { code: 'backup-damaged', message: 'It is damaged.', wayOut: 'Choose another.' };
  return [
    version(claudeDesktopFile, 0.2, 2_312),
    version(claudeDesktopFile, 26, 2_298, { reason: { kind: 'restore' } }),
    version(claudeDesktopFile, 50, 2_240, { problem }),
    version(claudeDesktopFile, 200, 880, { problem: { ...problem, code: 'backup-key-gone' } }),
    version(claudeCodeFile, 0.2, 52_428_800),
    version(goneFile, 3, 120),
  ];
}

export function restored(file: string, at: string, now: string, asItWas: boolean): Restored {
  return {
    file,
    at,
    changed: true,
    replaced: now,
    keys: asItWas ? 'as-it-was' : 'current',
    putIn: asItWas ? [] : [{ credential: 'work', places: 1 }],
    left: [],
  };
}
