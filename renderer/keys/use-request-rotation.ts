import type { CallInput } from '../../preload/contract.ts';
import { useHrefs } from '../app/hrefs.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';

/**
 * Asks for a rotation and leads to its confirmation. With a desktop the app's own window comes up by itself, and the
 * banner tells of it here.
 */
export function useRequestRotation(): (input: CallInput<'requestRotation'>) => Promise<void> {
  const { api } = useRekey();
  const goTo = useConfirmation();
  return async (input) => goTo((await api.call('requestRotation', input)).id);
}

/** The same for several, which have one confirmation. */
export function useRequestRotations(): (input: CallInput<'requestRotations'>) => Promise<void> {
  const { api } = useRekey();
  const goTo = useConfirmation();
  return async (input) => {
    const [first] = (await api.call('requestRotations', input)).approvals;
    if (first) goTo(first.id);
  };
}

function useConfirmation(): (approvalId: string) => void {
  const hrefs = useHrefs();
  const shell = useAnswer('getStatus').value?.shell;
  return (approvalId) => {
    if (shell !== 'electron') location.assign(hrefs.confirmation(approvalId));
  };
}
