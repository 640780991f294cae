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

/** The steps as a person sees them, and by which step of the journal each is done. */
const SHOWN = [
  ['check', 'preflighted'],
  ['ask', 'answered'],
  ['keep', 'staged'],
  ['verify', 'verified'],
  ['promote', 'promoted'],
  ['write', 'patched'],
  ['look', 'ended'],
] as const satisfies readonly (readonly [string, Step])[];

export type ShownStep = (typeof SHOWN)[number][0];
export type StepState = 'done' | 'running' | 'waiting' | 'failed' | 'open' | 'left-out';

/** How far a rotation is, step by step. */
export function progressOf(rotation: Rotation): readonly { readonly id: ShownStep; readonly state: StepState }[] {
  const reached = reachedIndex(rotation);
  let current = true;
  return SHOWN.map(([id, doneBy]) => {
    if (ORDER.indexOf(doneBy) <= reached) return { id, state: 'done' };
    const first = current;
    current = false;
    return { id, state: first ? stateOfCurrent(rotation) : rotation.outcome ? 'left-out' : 'open' };
  });
}

function stateOfCurrent(rotation: Rotation): StepState {
  if (rotation.outcome) return 'failed';
  return rotation.waiting ? 'waiting' : 'running';
}

function reachedIndex(rotation: Rotation): number {
  const { outcome } = rotation;
  if (outcome === 'done' || outcome === 'done-in-part') return ORDER.indexOf('ended');
  // The service gave nothing to go on with, whatever of its answer lies on disk.
  if (outcome && outcome !== 'stopped') return ORDER.indexOf('requested');
  const steps = rotation.history.map(({ step }) => step).filter((step) => step !== 'ended');
  return Math.max(0, ...steps.map((step) => ORDER.indexOf(step)));
}

/** Whether nothing will happen any more without a person. */
export function isAtRest(rotation: Rotation): boolean {
  return rotation.outcome !== null || rotation.waiting !== null;
}

/** Whether a person has to do something about it. */
export function needsPerson(rotation: Rotation): boolean {
  return rotation.waiting !== null || rotation.outcome === 'done-in-part' || rotation.outcome === 'lost';
}
