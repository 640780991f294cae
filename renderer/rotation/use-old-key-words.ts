import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { capitalised } from '../words/list.ts';
import { dateAndTime } from '../words/time.ts';

/** The key that a rotation has replaced: "the old key", and after an undo "the newer key". */
export function useOldKeyName(): (rotation: Rotation) => string {
  const { t } = useTranslation();
  return ({ way }) => t(way === 'undo' ? 'rotation.newerKey' : 'rotation.oldKey');
}

/** What becomes of the old key and by whom, in a sentence; null where the rotation doesn't leave it alive. */
export function useOldKeyWords(): (rotation: Rotation, now: number) => string | null {
  const { t, i18n } = useTranslation();
  const nameOf = useOldKeyName();
  const inContext = (rotation: Rotation, now: number): string | null => {
    const { revocation, provider } = rotation;
    if (!revocation) return null;
    const { by, state, at } = revocation;
    const names = { key: nameOf(rotation), provider: provider.name };
    if (state === 'undone') return t('rotation.revocation.undone', names);
    if (state === 'revoked') return t(`rotation.revocation.revoked.${by}`, names);
    if (state === 'held') return t('rotation.revocation.held', names);
    if (by === 'person') return t('rotation.revocation.due.person', names);
    if (at === null || (by === 'rekey' && Date.parse(at) <= now)) return t('rotation.revocation.due.rekeyNow', names);
    return t(`rotation.revocation.due.${by}`, { ...names, time: dateAndTime(at, i18n.language) });
  };
  return (rotation, now) => {
    const words = inContext(rotation, now);
    return words && capitalised(words, i18n.language);
  };
}
