import type { Offer, Rotation } from './rotation.schema.ts';

/**
 * What the person can do with a rotation as it stands. Pure.
 * @param newKeyInMemory whether the new key, or the answer that holds it, is in this process's memory.
 */
export function offersOf(rotation: Rotation, newKeyInMemory: boolean): Offer[] {
  if (rotation.waiting) return whileWaiting(rotation, rotation.waiting.on, newKeyInMemory);
  if (rotation.step !== 'ended') return [];
  if (rotation.outcome === 'lost') return ['paste-key'];
  return [...(rotation.outcome === 'done-in-part' ? (['go-on'] as const) : []), ...forOldKey(rotation)];
}

type On = NonNullable<Rotation['waiting']>['on'];

function whileWaiting({ step, way }: Rotation, on: On, newKeyInMemory: boolean): Offer[] {
  const asked = step === 'requested' || step === 'answered';
  // Nothing can be tried again before the person has made the key.
  if (way === 'by-hand' && asked) return ['paste-key', 'give-up'];
  if (on === 'service') return asked ? ['go-on', 'paste-key', 'give-up'] : ['go-on', 'give-up'];
  return newKeyInMemory ? ['go-on', 'copy-key'] : ['go-on'];
}

function forOldKey({ revocation }: Rotation): Offer[] {
  if (!revocation || (revocation.state !== 'due' && revocation.state !== 'held')) return [];
  // What the service ends by itself, it ends all the same after an undo.
  return revocation.by === 'service' ? [] : ['revoke', 'undo'];
}
