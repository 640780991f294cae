import type { CallName } from './contract.ts';

/** What the main window can ask for: all of the contract but the one call that no bug in its page must ever make. */
export const MAIN_WINDOW_CALLS = [
  'getStatus',
  'show',
  'getSettings',
  'changeSettings',
  'chooseKeychain',
  'unlockKeychain',
  'listProviders',
  'listCredentials',
  'addCredential',
  'removeCredential',
  'verifyCredential',
  'copyKey',
  'listHosts',
  'listBackups',
  'restoreBackup',
  'scanFiles',
  'takeIn',
  'redactKey',
  'patchCopy',
  'deleteCopy',
  'planRotation',
  'requestRotation',
  'listApprovals',
  'getApproval',
  'withdraw',
  'deny',
  'listRotations',
  'getRotation',
  'resumeRotation',
  'listActivity',
] as const satisfies readonly CallName[];

/** What a confirmation needs, and nothing else. */
export const CONFIRMATION_WINDOW_CALLS = [
  'getApproval',
  'approve',
  'deny',
  'getRotation',
] as const satisfies readonly CallName[];
