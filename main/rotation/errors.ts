import { RekeyError } from '../errors.ts';

export type RotationErrorCode =
  | 'rotation-unknown'
  | 'rotation-running'
  | 'rotation-not-resumable'
  | 'rotation-superseded'
  | 'plan-changed'
  | 'key-refused'
  | 'service-unreachable'
  | 'no-space'
  | 'declined'
  | 'not-sent'
  | 'key-lost'
  | 'new-key-refused'
  | 'new-key-unconfirmed'
  | 'in-doubt'
  | 'interrupted'
  | 'sites-left'
  | 'host-writes-old-key'
  | 'journal-failed'
  | 'undo-impossible'
  | 'old-key-unknown'
  | 'old-key-alive'
  | 'not-revoked'
  | 'new-key-needed'
  | 'not-offered'
  | 'given-up'
  | 'restart-not-needed';

/** What can go wrong with a rotation as a whole. */
export class RotationError extends RekeyError<RotationErrorCode> {}
