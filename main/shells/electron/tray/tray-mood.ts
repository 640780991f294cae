import { dueTitle } from '../notifications/due-words.ts';
import type { TrayState } from './tray-state.ts';

/** What the icon shows by its shape: all is well, something is due, a rotation runs, the keys are locked, the person is needed. */
export type TrayMood = 'idle' | 'due' | 'busy' | 'locked' | 'attention';

/** @param state null where the core could not be asked. */
export function moodOf(state: TrayState | null): TrayMood {
  if (!state || needsPerson(state)) return 'attention';
  if (state.running.length > 0) return 'busy';
  if (state.keychain === 'locked') return 'locked';
  return state.due.length > 0 ? 'due' : 'idle';
}

function needsPerson({ requests, stuck, keychain, credentials }: TrayState): boolean {
  if (requests.length > 0 || stuck.length > 0) return true;
  if (keychain === 'locked') return false;
  return keychain !== 'ready' || credentials.some((credential) => credential.state === 'needs-you');
}

/** The first line of the menu, and the icon's tooltip: how things stand, the most urgent first. */
export function statusLine(state: TrayState | null): string {
  if (!state) return 'Rekey can’t read its own files; open it to see why';
  const { requests, stuck, running, credentials, keychain, due } = state;
  const [request] = requests;
  if (request && requests.length === 1) return `Waiting for you: rotate “${request.plan.target.name}”?`;
  if (request) return `Waiting for you: ${requests.length} requests`;
  const [waiting] = stuck;
  if (waiting) return `Needs you: rotation of “${waiting.target.name}”`;
  const [rotation] = running;
  if (rotation && running.length === 1) return `Rotating “${rotation.target.name}”…`;
  if (rotation) return `Rotating ${running.length} keys…`;
  if (keychain === 'locked') return 'Locked: open Rekey to unlock your keys';
  if (keychain !== 'ready') return 'Rekey needs a place for your keys; open it to choose one';
  const attention = credentials.filter((credential) => credential.state === 'needs-you');
  if (attention[0] && attention.length === 1) return `Needs you: “${attention[0].name}”`;
  if (attention.length > 1) return `Needs you: ${attention.length} keys`;
  if (due.length > 0) return dueTitle(due);
  if (credentials.length === 0) return 'No keys yet';
  return credentials.length === 1 ? 'Your key is in order' : `All ${credentials.length} keys are in order`;
}
