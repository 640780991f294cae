import type { Approval } from '../../../main/approvals/approval.schema.ts';
import { newRecord } from '../../../main/rotation/new-record.ts';
import { offersOf } from '../../../main/rotation/offers.ts';
import type { Restart, Rotation, Step } from '../../../main/rotation/rotation.schema.ts';
import { inMinutes } from './credentials.ts';

export const STEPS: readonly Step[] = [
  'confirmed',
  'preflighted',
  'requested',
  'answered',
  'staged',
  'verified',
  'promoted',
  'patched',
  'ended',
];

/** A rotation that has come as far as `step`. */
export function rotationOf(approval: Approval, step: Step, change: Partial<Rotation> = {}): Rotation {
  const { plan } = approval;
  const now = new Date().toISOString();
  const reached = STEPS.slice(0, STEPS.indexOf(step) + 1);
  const patched = reached.includes('patched');
  const record = newRecord({ ...approval, decidedBy: approval.decidedBy ?? 'page' }, now);
  return withOffers({
    ...record,
    id: approval.rotationId ?? record.id,
    newFingerprint: reached.includes('staged') ? 'c2d09b6e1f48' : null,
    step,
    history: reached.map((one) => ({ step: one, at: now, note: null })),
    outcome: step === 'ended' ? 'done' : null,
    sites: plan.sites.map((site) => ({ site, state: patched ? 'patched' : 'pending', problem: null })),
    restarts: patched ? [restartOf(approval)] : [],
    cooldown:
      plan.provider.id === 'lightning-faucet' && patched ? { what: 'withdrawals', until: inMinutes(59.5) } : null,
    ...change,
  });
}

/** With what the person can do then. */
export function withOffers(rotation: Rotation, newKeyInMemory = false): Rotation {
  return { ...rotation, offers: offersOf(rotation, newKeyInMemory) };
}

/** Claude Desktop's restart: done where the person let Rekey do it, else theirs. */
function restartOf({ restartHosts }: Approval): Restart {
  const state = restartHosts.includes('claude-desktop') ? 'done' : 'wanted';
  const host = { id: 'claude-desktop', name: 'Claude Desktop', reload: 'restart-host', isDesktopApp: true } as const;
  return { ...host, state, problem: null };
}

const readOnly = {
  code: 'file-not-writable',
  message: '/home/sam/.claude.json is marked as read-only. It was not changed.',
  wayOut: 'Allow writing to the file, then try again.',
};

const stands = {
  code: 'not-revoked',
  message: 'The old key of “work” was not revoked: it stands, or may stand, in /home/sam/.claude.json.',
  wayOut:
    'See to what is left to do and try again, or have it revoked all the same: whatever reads these files stops working then.',
};

const stillRunning = {
  code: 'host-still-running',
  message: 'Claude Desktop was asked to quit and still runs after 15 s: it may wait for an answer. Nothing was forced.',
  wayOut: 'Quit Claude Desktop yourself and start it again.',
};

/** How a rotation can end or stand still, for the states that are hard to reach. */
export const ends = {
  'done-in-part': (approval: Approval) => {
    const whole = rotationOf(approval, 'ended', { outcome: 'done-in-part' });
    const sites = whole.sites.map((result, index) =>
      index === 1 ? { ...result, state: 'to-do' as const, problem: readOnly } : result,
    );
    return { ...whole, sites };
  },
  'put-back': (approval: Approval) => {
    const whole = rotationOf(approval, 'ended');
    return {
      ...whole,
      sites: whole.sites.map((result, index) => (index ? result : { ...result, state: 'put-back' as const })),
    };
  },
  'restart-failed': (approval: Approval) =>
    rotationOf(approval, 'ended', {
      restarts: [
        { ...restartOf(approval), problem: stillRunning },
        { id: 'cursor', name: 'Cursor', reload: 'restart-host', state: 'done', problem: null },
        { id: 'vscode', name: 'VS Code', reload: 'restart-server', state: 'quit', problem: null },
      ],
    }),
  stopped: (approval: Approval) =>
    rotationOf(approval, 'confirmed', {
      step: 'ended',
      outcome: 'stopped',
      problem: {
        code: 'key-refused-beforehand',
        message: 'BitScale does not accept the key of “work” any more (it answered 401). Nothing was sent or changed.',
        wayOut: 'Make a new key at https://app.bitscale.ai, then rotate by hand: Rekey puts it everywhere.',
      },
    }),
  declined: (approval: Approval) => rotationOf(approval, 'requested', { step: 'ended', outcome: 'declined' }),
  unchanged: (approval: Approval) => rotationOf(approval, 'requested', { step: 'ended', outcome: 'unchanged' }),
  lost: (approval: Approval) =>
    rotationOf(approval, 'requested', {
      step: 'ended',
      outcome: 'lost',
      problem: {
        code: 'key-lost',
        message:
          'BitScale no longer accepts the old key of “work”, and the new one did not arrive (no answer came): the service kept it. No file was changed.',
        wayOut:
          'Make a new key at https://app.bitscale.ai, then paste it here or after `rekey adopt work`: Rekey puts it everywhere.',
      },
    }),
  waiting: (approval: Approval) =>
    rotationOf(approval, 'answered', {
      waiting: {
        on: 'keychain',
        problem: {
          code: 'keychain-locked',
          message:
            'The service has answered, and what it sent can’t be kept: The keychain is locked. Nothing was stored. The answer lies sealed on disk and is not lost.',
          wayOut: 'Unlock the keychain, then go on with the rotation.',
        },
      },
    }),
  'memory-only': (approval: Approval) => {
    const waiting = rotationOf(approval, 'answered', {
      waiting: {
        on: 'keychain',
        problem: {
          code: 'keychain-failed',
          message:
            'The service has answered, and what it sent can’t be kept: The keychain of this machine can’t be used. Nothing was stored. The answer is in Rekey’s memory only: do not quit Rekey before it is stored.',
          wayOut: 'Unlock the keychain, then try again. Then go on with the rotation.',
        },
      },
    });
    return withOffers(waiting, true);
  },
  'by-hand': (approval: Approval) =>
    rotationOf(approval, 'requested', {
      way: 'by-hand',
      waiting: {
        on: 'person',
        problem: {
          code: 'new-key-needed',
          message: 'Rekey waits for the new key of “work”. Nothing was changed yet.',
          wayOut:
            'Make a new key at https://app.bitscale.ai, leave the old one as it is, and paste the new one here or after `rekey adopt work`.',
        },
      },
    }),
  'in-doubt': (approval: Approval) =>
    rotationOf(approval, 'requested', {
      waiting: {
        on: 'service',
        problem: {
          code: 'in-doubt',
          message:
            'Whether BitScale has rotated “work” is not known yet: no answer came, and the service could not be asked since (it answered 503). No file was changed.',
          wayOut: 'Rekey asks again by itself, after a restart too; the rotation itself is never sent twice.',
        },
      },
    }),
  'given-up': (approval: Approval) =>
    rotationOf(approval, 'requested', { way: 'by-hand', step: 'ended', outcome: 'given-up' }),
  grace: (approval: Approval) =>
    rotationOf(approval, 'ended', {
      strategy: 'overlap',
      graceMinutes: 1_440,
      revocation: { by: 'rekey', state: 'due', at: inMinutes(1_440), problem: null },
    }),
  held: (approval: Approval) => {
    const whole = rotationOf(approval, 'ended', { strategy: 'overlap', outcome: 'done-in-part' });
    const sites = whole.sites.map((result, index) =>
      index === 1 ? { ...result, state: 'to-do' as const, problem: readOnly } : result,
    );
    return withOffers({
      ...whole,
      sites,
      revocation: { by: 'rekey', state: 'held', at: inMinutes(-1), problem: stands },
    });
  },
  'to-revoke-by-hand': (approval: Approval) =>
    rotationOf(approval, 'ended', {
      way: 'by-hand',
      revocation: { by: 'person', state: 'due', at: null, problem: null },
    }),
  revoked: (approval: Approval) =>
    rotationOf(approval, 'ended', {
      strategy: 'overlap',
      revocation: { by: 'rekey', state: 'revoked', at: inMinutes(-1), problem: null },
    }),
  'ended-by-service': (approval: Approval) =>
    rotationOf(approval, 'ended', {
      graceMinutes: 60,
      revocation: { by: 'service', state: 'due', at: inMinutes(60), problem: null },
    }),
  undone: (approval: Approval) =>
    rotationOf(approval, 'ended', {
      strategy: 'overlap',
      revocation: { by: 'rekey', state: 'undone', at: null, problem: null },
    }),
  undo: (approval: Approval) =>
    rotationOf(approval, 'ended', {
      way: 'undo',
      strategy: 'overlap',
      revocation: { by: 'rekey', state: 'revoked', at: inMinutes(-1), problem: null },
    }),
  'not-kept': (approval: Approval) =>
    rotationOf(approval, 'ended', {
      notKept: [
        {
          file: '/home/sam/.claude.json',
          problem: {
            code: 'backup-not-written',
            message: 'The version of /home/sam/.claude.json until now could not be kept as a backup: the disk is full.',
            wayOut: 'Free some space, or mend the rights on Rekey’s data folder.',
          },
        },
      ],
    }),
  unverified: (approval: Approval) =>
    rotationOf(approval, 'ended', {
      unverified: {
        code: 'service-silent',
        message:
          'BitScale sent a new key but has not confirmed that it works (it answered 503). It was put in place all the same, since the old key is dead.',
        wayOut: 'Verify the key in a minute.',
      },
    }),
} as const satisfies Record<string, (approval: Approval) => Rotation>;

/** A rotation to which the person has given the key that they made. */
export function adopted(rotation: Rotation): Rotation {
  return withOffers({
    ...rotation,
    newFingerprint: 'c2d09b6e1f48',
    step: 'ended',
    outcome: 'done',
    waiting: null,
    problem: null,
    sites: rotation.sites.map((result) => ({ ...result, state: 'patched' })),
    revocation: rotation.way === 'by-hand' ? { by: 'person', state: 'due', at: null, problem: null } : null,
  });
}

/** A rotation whose old key is dead; files that still hold it are left as they are. */
export function revoked(rotation: Rotation): Rotation {
  const { revocation, sites } = rotation;
  return withOffers({
    ...rotation,
    outcome: 'done',
    sites: sites.map((result) => (result.state === 'to-do' ? { ...result, state: 'skipped', problem: null } : result)),
    revocation: revocation && { ...revocation, state: 'revoked', problem: null },
  });
}
