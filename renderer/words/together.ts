import { useTranslation } from 'react-i18next';

/** Sentences one after the other, with what the language has between them: Chinese has no blank. */
export function useTogether(): (...sentences: readonly (string | false)[]) => string {
  const { t } = useTranslation();
  return (...sentences) => sentences.filter((one) => one !== false).join(t('app.between'));
}
