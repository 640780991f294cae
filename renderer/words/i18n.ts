import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type LanguageChoice, LanguageChoiceSchema, languageOf } from '../../preload/language.ts';
import { remember, remembered } from '../data/remembered.ts';
import en from '../locales/en.json' with { type: 'json' };
import chinese from '../locales/zh-CN.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    /** A key that the English texts don't have doesn't compile. */
    resources: { translation: typeof en };
  }
}

/** The last choice that this page has heard of, so that its first paint is in the right language. */
const REMEMBERED = 'rekey-language';

/** The texts of all pages. They are part of the page, so they are there before the first paint. */
export function startWords(): void {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void i18next.use(initReactI18next).init({
    lng: languageOf(lastChoice(), navigator.languages),
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: chinese } },
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
}

/** Speaks another language from now on, all over the page. */
export function speak(choice: LanguageChoice): void {
  remember(REMEMBERED, choice);
  const language = languageOf(choice, navigator.languages);
  if (language !== i18next.language) void i18next.changeLanguage(language);
}

function lastChoice(): LanguageChoice {
  return LanguageChoiceSchema.catch('system').parse(remembered(REMEMBERED));
}
