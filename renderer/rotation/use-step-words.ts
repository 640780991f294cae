import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { capitalised } from '../words/list.ts';
import type { ShownStep } from './progress.ts';
import { useOldKeyName } from './use-old-key-words.ts';

/** The steps of a rotation in words. */
export function useStepWords(rotation: Rotation): (id: ShownStep) => string {
  const { t, i18n } = useTranslation();
  const names = { provider: rotation.provider.name, key: useOldKeyName()(rotation) };
  return (id) => capitalised(t(`rotation.step.${id}`, names), i18n.language);
}
