import { RekeyError } from '../../errors.ts';

export type LifecycleErrorCode =
  | 'host-still-running'
  | 'host-has-no-window'
  | 'host-quit-not-permitted'
  | 'host-not-startable'
  | 'host-not-started';

/** Why a host could not be quit or started again. */
export class LifecycleError extends RekeyError<LifecycleErrorCode> {}
