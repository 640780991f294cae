import type { CallName } from '../../preload/contract.ts';
import { RekeyError } from '../errors.ts';
import type { Carrier } from './caller.ts';

export class CallRefused extends RekeyError<'call-not-allowed'> {}

/** What an agent may ask for: nothing that changes anything but by way of a person. */
const AGENT: readonly CallName[] = [
  'getApproval',
  'getRotation',
  'listCredentials',
  'listHosts',
  'listRotations',
  'planRotation',
  'requestRotation',
  'verifyCredential',
  'withdraw',
];

/** What the confirmation window needs, and nothing else; of the settings, the language. */
const CONFIRMATION_WINDOW: readonly CallName[] = [
  'getSettings',
  'getApproval',
  'getBatch',
  'approve',
  'approveBatch',
  'deny',
  'getRotation',
];

/** What only a person does: what no other question comes before, and what says how much scripts may. */
const NOT_FOR_SCRIPTS: readonly CallName[] = [
  'changeSettings',
  'setStartAtLogin',
  'setUpdateChecks',
  'downloadUpdate',
  'installUpdate',
  'copyCrashNote',
  'dismissCrashNote',
  'setReminder',
  'snoozeReminder',
  'copyKey',
  'copyNewKey',
  'giveUpRotation',
  'revokeOldKey',
  'restartHost',
  'saveService',
  'removeService',
  'takeIn',
  'redactKey',
  'patchCopy',
  'deleteCopy',
  'changeConnection',
  'startPractice',
  'endPracticeTrouble',
  'endPractice',
  'callPractice',
];

/** @throws {CallRefused} when this carrier has no business with that call. */
export function checkCarrier(carrier: Carrier, name: CallName): void {
  const allowed =
    carrier === 'agent'
      ? AGENT.includes(name)
      : carrier === 'confirmation-window'
        ? CONFIRMATION_WINDOW.includes(name)
        : carrier === 'script'
          ? !NOT_FOR_SCRIPTS.includes(name)
          : true;
  if (allowed) return;
  throw new CallRefused(
    'call-not-allowed',
    'That can’t be done from here. Nothing was changed.',
    'Do it in Rekey’s own window or page.',
  );
}
