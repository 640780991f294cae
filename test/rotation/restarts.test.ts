import { describe, expect, it } from 'vitest';
import { lateHosts, nextFor, noteRunning, restartsAtEnd } from '../../main/rotation/restarts.ts';
import type { Restart, Rotation, SiteResult } from '../../main/rotation/rotation.schema.ts';
import { RotationSchema } from '../../main/rotation/rotation.schema.ts';

const now = { pid: 7, startedAt: '2026-01-01T00:00:00Z' };
const later = { pid: 7, startedAt: '2026-01-01T01:00:00Z' };

function site(state: SiteResult['state'], id = 'app'): SiteResult {
  const owner = { kind: 'host', id, name: 'An app' } as const;
  const place = { place: 'env', form: 'plain', role: 'key', path: ['a'], line: 1, before: '', after: '' } as const;
  return {
    site: { owner, alsoReadBy: [], file: `/${id}.json`, scope: 'user', server: null, ...place, path: ['a'] },
    state,
    problem: null,
  };
}

const restart = (state: Restart['state']): Restart => ({
  id: 'app',
  name: 'An app',
  reload: 'restart-host',
  state,
  problem: null,
});

/** A journal as the version before wrote it. */
const BEFORE = {
  version: 1,
  id: 'c0a8a7e2-0000-4000-8000-000000000001',
  credential: { id: 'c', name: 'work' },
  target: { id: 'c0a8a7e2-0000-4000-8000-000000000002', name: 'work', isNew: false },
  provider: { id: 'bitscale', name: 'BitScale' },
  strategy: 'in-place',
  agentId: null,
  requester: { via: 'page', program: null, pid: null, client: null },
  approver: 'page',
  planHash: 'h',
  oldFingerprint: null,
  newFingerprint: null,
  newCompanions: [],
  step: 'ended',
  history: [],
  outcome: 'done',
  waiting: null,
  problem: null,
  sites: [],
  findings: [],
  restarts: [{ id: 'app', name: 'An app', reload: 'restart-host' }],
  cooldown: null,
  unverified: null,
  startedAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

function rotation(change: Partial<Rotation>): Rotation {
  return { ...RotationSchema.parse(BEFORE), restarts: [], ...change };
}

describe('a journal of before', () => {
  it('is read as one whose restarts are the person’s, and in which nobody is watched', () => {
    expect(RotationSchema.parse(BEFORE)).toMatchObject({
      restartHosts: [],
      restarts: [{ id: 'app', state: 'wanted', problem: null }],
      watched: [],
    });
  });
});

describe('what is next for a host that may be restarted', () => {
  const ahead = [site('pending')];
  const noted = [{ id: 'app', name: 'An app', processes: [now] }];

  it.each<[string, Partial<Rotation>, (typeof now)[], string]>([
    ['it runs, and its file is to be changed', { sites: ahead }, [now], 'quit'],
    ['it has ended since the confirmation', { sites: ahead }, [], 'nothing'],
    ['its file is done, or not of this rotation', { sites: [site('patched')] }, [now], 'nothing'],
    ['it was noted and not quit yet', { sites: ahead, restarts: [restart('quit')], watched: noted }, [now], 'quit'],
    ['it was quit', { sites: ahead, restarts: [restart('quit')], watched: [] }, [], 'start-later'],
    [
      'it was quit, and somebody has started it',
      { sites: ahead, restarts: [restart('quit')], watched: noted },
      [later],
      'leave-to-person',
    ],
    ['it could not be quit', { sites: ahead, restarts: [restart('wanted')], watched: noted }, [now], 'nothing'],
    ['it was started again', { sites: ahead, restarts: [restart('done')] }, [later], 'nothing'],
  ])('when %s', (_, change, running, next) => {
    expect(nextFor(rotation(change), 'app', running)).toBe(next);
  });
});

describe('who runs is noted before the files are changed', () => {
  it('with the processes of now, for the hosts whose files are ahead', () => {
    const record = rotation({ sites: [site('pending'), site('pending', 'idle'), site('patched', 'ready')] });
    const running = new Map([
      ['app', [now]],
      ['ready', [now]],
      ['stranger', [now]],
    ]);
    expect(noteRunning(record, running).watched).toEqual([{ id: 'app', name: 'An app', processes: [now] }]);
  });

  it('so that one that was started again with its file as it was is to be started once more', () => {
    const record = rotation({ sites: [site('to-do')], restarts: [restart('done')] });
    const noted = noteRunning(record, new Map([['app', [later]]]));
    expect(noted.restarts).toEqual([]);
    const patched = { ...record, ...noted, sites: [site('patched')] };
    const host = { id: 'app', name: 'An app', running: true, reload: 'restart-host', rewritesFile: true } as const;
    expect(restartsAtEnd(patched, new Map([['app', { ...host, isDesktopApp: true }]]))).toMatchObject({
      restarts: [{ id: 'app', state: 'wanted' }],
      watched: [{ id: 'app' }],
    });
  });
});

describe('at the end of a rotation', () => {
  const host = { name: 'An app', rewritesFile: true, isDesktopApp: true } as const;
  const hosts = new Map([
    ['app', { ...host, id: 'app', running: true, reload: 'restart-host' as const }],
    ['unseen', { ...host, id: 'unseen', running: null, reload: 'restart-server' as const }],
    ['awake', { ...host, id: 'awake', running: true, reload: 'by-itself' as const }],
    ['late', { ...host, id: 'late', running: true, reload: 'restart-host' as const }],
  ]);
  const watched = ['app', 'awake', 'failed'].map((id) => ({ id, name: id, processes: [now] }));

  it('those that ran with the old key are to be restarted, and watched as long as they run', () => {
    const sites = [
      site('patched'),
      ...['unseen', 'awake', 'late'].map((id) => site('patched', id)),
      site('to-do', 'failed'),
    ];
    const end = restartsAtEnd(rotation({ sites, watched }), hosts);
    // `late` was started with its file done; `awake` takes the new key by itself, and can still put the old one back.
    expect(end.restarts.map(({ id, state }) => `${id} ${state}`)).toEqual(['app wanted', 'unseen wanted']);
    expect(end.watched.map(({ id }) => id)).toEqual(['app', 'awake']);
  });
});

describe('a host that was started while its files were changed', () => {
  const patchedAt = new Date('2026-01-01T00:30:00Z');
  const record = RotationSchema.parse({ ...BEFORE, restarts: [], sites: [site('patched'), site('gone', 'other')] });
  const running = (...processes: (typeof now)[]) =>
    new Map([
      ['app', processes],
      ['other', [now]],
    ]);

  it('is watched, since it may have read the old key', () => {
    expect(lateHosts(record, running(now, later), patchedAt)).toEqual([
      { id: 'app', name: 'An app', processes: [now] },
    ]);
  });

  it('is none that was started after, or is watched already', () => {
    expect(lateHosts(record, running(later), patchedAt)).toEqual([]);
    expect(lateHosts({ ...record, restarts: [restart('done')] }, running(now), patchedAt)).toEqual([]);
    const watched = [{ id: 'app', name: 'An app', processes: [now] }];
    expect(lateHosts({ ...record, watched }, running(now), patchedAt)).toEqual([]);
  });

  it('is watched anew when it was started again meanwhile', () => {
    const watched = [{ id: 'app', name: 'An app', processes: [{ ...now, pid: 6 }] }];
    const [late] = lateHosts({ ...record, watched }, running(now), patchedAt);
    expect(late?.processes).toEqual([now]);
  });
});
