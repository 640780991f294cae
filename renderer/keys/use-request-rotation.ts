import type { CallInput } from '../../preload/contract.ts';
import { confirmationHref } from '../app/route.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';

/**
 * Asks for a rotation and leads to its confirmation. With a desktop the app's own window comes up by itself, and the
 * banner tells of it here.
 */
export function useRequestRotation(): (input: CallInput<'requestRotation'>) => Promise<void> {
  const { api } = useRekey();
  const shell = useAnswer('getStatus').value?.shell;
  return async (input) => {
    const { id } = await api.call('requestRotation', input);
    if (shell !== 'electron') location.assign(confirmationHref(id));
  };
}
