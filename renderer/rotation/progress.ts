import type { Rotation, Step } from '../../main/rotation/rotation.schema.ts';

const ORDER: readonly Step[] = [
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

/** The steps as a person sees them, by how the new key comes, and by which step of the journal each is done. */
const SHOWN = {
  request: [
    ['check', 'preflighted'],
    ['ask', 'answered'],
    ['keep', 'staged'],
    ['verify', 'verified'],
    ['promote', 'promoted'],
    ['write', 'patched'],
    ['look', 'ended'],
  ],
  'by-hand': [
    ['check', 'preflighted'],
    ['make', 'answered'],
    ['keep', 'staged'],
    ['verify', 'verified'],
    ['promote', 'promoted'],
    ['write', 'patched'],
    ['look', 'ended'],
  ],
  undo: [
    ['check', 'preflighted'],
    ['fetch', 'staged'],
    ['verifyEarlier', 'verified'],
    ['promote', 'promoted'],
    ['write', 'patched'],
    ['look', 'ended'],
  ],
} as const satisfies Record<Rotation['way'], readonly (readonly [string, Step])[]>;

/** What becomes of the old key afterwards, by who ends it. */
const LAST = { rekey: 'revoke', service: 'expire', person: 'revokeThere' } as const;

export type ShownStep = (typeof SHOWN)[Rotation['way']][number][0] | 'grace' | (typeof LAST)[keyof typeof LAST];
export type StepState = 'done' | 'running' | 'waiting' | 'failed' | 'open' | 'left-out';

interface Progress {
  readonly id: ShownStep;
  readonly state: StepState;
}

/** How far a rotation is, step by step. */
export function progressOf(rotation: Rotation): readonly Progress[] {
  const reached = reachedIndex(rotation);
  let current = true;
  const steps = SHOWN[rotation.way].map(([id, doneBy]): Progress => {
    if (ORDER.indexOf(doneBy) <= reached) return { id, state: 'done' };
    const first = current;
    current = false;
    return { id, state: first ? stateOfCurrent(rotation) : rotation.outcome ? 'left-out' : 'open' };
  });
  return [...steps, ...oldKeySteps(rotation)];
}

function stateOfCurrent(rotation: Rotation): StepState {
  if (rotation.outcome) return 'failed';
  return rotation.waiting ? 'waiting' : 'running';
}

function reachedIndex(rotation: Rotation): number {
  const { outcome } = rotation;
  if (hasNewKey(rotation)) return ORDER.indexOf('ended');
  // The service gave nothing to go on with, whatever of its answer lies on disk.
  if (outcome && outcome !== 'stopped' && outcome !== 'given-up') return ORDER.indexOf('requested');
  const steps = rotation.history.map(({ step }) => step).filter((step) => step !== 'ended');
  return Math.max(0, ...steps.map((step) => ORDER.indexOf(step)));
}

/** The time that the old key works on, and its end, where the rotation leaves it alive. */
function oldKeySteps(rotation: Rotation): readonly Progress[] {
  const { revocation, graceMinutes } = rotation;
  const by = revocation?.by ?? revokerOf(rotation);
  if (by === null) return [];
  const state = stateOfEnd(rotation);
  const hasGrace = by === 'service' || (by === 'rekey' && (graceMinutes ?? 0) > 0);
  if (!hasGrace) return [{ id: LAST[by], state }];
  const grace: StepState = revocation?.state === 'held' ? 'done' : state;
  return [
    { id: 'grace', state: grace },
    { id: LAST[by], state: grace === 'waiting' ? 'open' : state },
  ];
}

/** Who will end the old key, as far as that is known before the end; null where it is dead by then, or stays unknown. */
function revokerOf(rotation: Rotation): keyof typeof LAST | null {
  const { way, strategy } = rotation;
  if (hasNewKey(rotation)) return null;
  if (way === 'by-hand') return 'person';
  return strategy === 'overlap' ? 'rekey' : null;
}

function stateOfEnd({ revocation, outcome }: Rotation): StepState {
  if (!revocation) return outcome ? 'left-out' : 'open';
  if (revocation.state === 'undone') return 'left-out';
  if (revocation.state === 'revoked') return 'done';
  return outcome ? 'waiting' : 'open';
}

/** Until then, what was found is the key that still works. */
export function hasNewKey({ outcome }: Rotation): boolean {
  return outcome === 'done' || outcome === 'done-in-part';
}

/** Whether nothing will happen any more without a person. */
export function isAtRest(rotation: Rotation): boolean {
  return rotation.outcome !== null || rotation.waiting !== null;
}

/** Whether a person has to do something about it. */
export function needsPerson({ waiting, outcome, revocation }: Rotation): boolean {
  return waiting !== null || outcome === 'done-in-part' || outcome === 'lost' || revocation?.state === 'held';
}
