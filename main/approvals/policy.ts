import type { Carrier } from '../calls/caller.ts';
import type { Approver } from './approval.schema.ts';
import { ApprovalError } from './errors.ts';

export interface ApprovalRules {
  /** The desktop shell runs: its own confirmation window is the one place. */
  readonly desktop: boolean;
  /** `--confirm rotate-now` may stand for a person (setting; never with a desktop). */
  readonly allowScripted: boolean;
}

/**
 * Who may confirm a rotation, by the way the confirmation came in. Agents often have a shell on the same account, so a
 * confirmation must be hard to give by program.
 *
 * @throws {ApprovalError} `approval-not-here`, with the place where it can be given.
 */
export function approverOf(carrier: Carrier, rules: ApprovalRules): Approver {
  if (rules.desktop) {
    if (carrier === 'confirmation-window') return 'confirmation-window';
    throw notHere("Confirm it in Rekey's own window; if it is hidden, click Rekey's icon in the tray.");
  }
  if (carrier === 'page') return 'page';
  if (carrier === 'terminal') return 'terminal';
  if (carrier === 'script') {
    if (rules.allowScripted) return 'script';
    throw notHere(
      'Confirmation by script is switched off. Confirm in the page, or with `rekey approve` in a terminal.',
    );
  }
  throw notHere('Confirm in the page (run `rekey serve`), or with `rekey approve` in a terminal.');
}

function notHere(wayOut: string): ApprovalError {
  return new ApprovalError(
    'approval-not-here',
    'A rotation can’t be confirmed from here. Nothing was changed; the request still waits.',
    wayOut,
  );
}
