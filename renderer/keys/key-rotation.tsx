import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { useHrefs } from '../app/hrefs.ts';
import { useAnswer } from '../data/use-rekey.tsx';

/** Leads to the rotation that runs or waits, or to the field for a key that the person has to make. */
export function KeyRotation({ credential: { state, rotationId } }: { credential: CredentialView }) {
  const { t } = useTranslation();
  const hrefs = useHrefs();
  const rotation = useAnswer('listRotations').value?.find(({ id }) => id === rotationId);
  if (rotationId === null || (state !== 'rotating' && state !== 'needs-you')) return null;
  return (
    <a className="link small" href={hrefs.rotation(rotationId)}>
      {t(rotation?.offers.includes('paste-key') ? 'keys.pasteNew' : 'keys.seeRotation')}
    </a>
  );
}
