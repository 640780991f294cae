import type { CallName } from '../../preload/contract.ts';
import { PracticeError } from './errors.ts';

/** What can be asked of practice: what a rotation takes. Nothing that could name a file or a folder outside of it. */
const PRACTICE_CALLS: readonly CallName[] = [
  'getStatus',
  'listProviders',
  'listCredentials',
  'listReminders',
  'listHosts',
  'listBackups',
  'restoreBackup',
  'verifyCredential',
  'copyKey',
  'planRotation',
  'requestRotation',
  'listApprovals',
  'getApproval',
  'approve',
  'deny',
  'listRotations',
  'getRotation',
  'resumeRotation',
  'adoptKey',
  'copyNewKey',
  'giveUpRotation',
  'listActivity',
];

/** @throws {PracticeError} `practice-call-unknown` */
export function checkPracticeCall(name: string): void {
  if (PRACTICE_CALLS.some((one) => one === name)) return;
  throw new PracticeError(
    'practice-call-unknown',
    'That is no part of practice. Nothing was changed.',
    'Do it with a real key, outside of practice.',
  );
}
