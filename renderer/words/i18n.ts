import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type LanguageChoice, LanguageChoiceSchema, languageOf } from '../../preload/language.ts';
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
    lng: languageOf(remembered(), navigator.languages),
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: chinese } },
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
}

/** Speaks another language from now on, all over the page. */
export function speak(choice: LanguageChoice): void {
  remember(choice);
  const language = languageOf(choice, navigator.languages);
  if (language !== i18next.language) void i18next.changeLanguage(language);
}

function remembered(): LanguageChoice {
  try {
    return LanguageChoiceSchema.catch('system').parse(localStorage.getItem(REMEMBERED));
  } catch {
    return 'system'; // the browser may keep nothing for this page
  }
}

function remember(choice: LanguageChoice): void {
  try {
    localStorage.setItem(REMEMBERED, choice);
  } catch {
    // As above: the next page is in the system's language until it has heard of the choice.
  }
}
