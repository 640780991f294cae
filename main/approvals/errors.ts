import { RekeyError } from '../errors.ts';

export type ApprovalErrorCode =
  | 'approval-unknown'
  | 'approval-decided'
  | 'approval-plan-changed'
  | 'approval-not-here'
  | 'approval-restart-refused'
  | 'approval-grace-refused'
  | 'approval-already-waiting'
  | 'approval-replaced'
  | 'batch-unknown'
  | 'batch-empty';

export class ApprovalError extends RekeyError<ApprovalErrorCode> {}

export function unknownApproval(): ApprovalError {
  return new ApprovalError(
    'approval-unknown',
    'There is no such request. Nothing was changed.',
    'Ask for the rotation again.',
  );
}

export function restartRefused(): ApprovalError {
  return new ApprovalError(
    'approval-restart-refused',
    'Only a desktop app of this plan that runs, and of no other that is confirmed with it, can be quit and started again. Nothing was changed; the request still waits.',
    'Confirm it without restarting that program, and start it again yourself.',
  );
}
