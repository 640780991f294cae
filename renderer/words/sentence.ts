import { useTranslation } from 'react-i18next';
import type { Language } from '../../preload/language.ts';
import { inLanguage } from '../../preload/sentences/in-language.ts';

/** Says what the core has said, a sentence or a clause, in the person's language. */
export function useSentence(): (text: string) => string {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return (text) => inLanguage(text, language);
}
