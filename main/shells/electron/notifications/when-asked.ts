import type { Approval } from '../../../approvals/approval.schema.ts';
import type { Core } from '../../../calls/dispatch.ts';
import { approvalWords } from './approval-words.ts';
import type { Notifier } from './notifier.ts';

/**
 * Tells of a request that a program made: its window may be on another desktop of the person's, or behind a full screen.
 * What the person has asked for themselves is before their eyes.
 */
export function notifyWhenAsked(core: Core, notifier: Notifier, showConfirmation: (id: string) => void): void {
  /** The requests that wait, by their question: a request's id, or its batch. */
  const waiting = new Map<string, Set<string>>();
  const about = (question: string): string => `approval ${question}`;

  const decided = ({ id }: Approval, question: string): void => {
    const ids = waiting.get(question);
    if (!ids?.delete(id) || ids.size > 0) return;
    waiting.delete(question);
    notifier.take(about(question));
  };
  core.on((event) => {
    if (event.name !== 'approval') return;
    const approval = event.payload;
    const question = approval.batch ?? approval.id;
    if (approval.state !== 'waiting') return decided(approval, question);
    if (approval.requester.via !== 'agent' && approval.requester.via !== 'command-line') return;
    const ids = waiting.get(question) ?? new Set();
    if (ids.has(approval.id)) return;
    ids.add(approval.id);
    waiting.set(question, ids);
    notifier.show(about(question), {
      ...approvalWords(approval, ids.size),
      open: () => showConfirmation(approval.id),
    });
  });
}
