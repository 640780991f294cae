import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../locales/en.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    /** A key that the English texts don't have doesn't compile. */
    resources: { translation: typeof en };
  }
}

/** The texts of all pages. They are part of the page, so they are there before the first paint. */
export function startWords(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
  document.documentElement.lang = i18next.language;
}
