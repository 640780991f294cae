import { type ReactNode, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Carrier } from '../carrier/carrier.ts';
import { speak } from './i18n.ts';

/** Everything within is in the language that the settings name, also when it is changed elsewhere. */
export function InLanguage({ api, children }: { api: Carrier; children: ReactNode }) {
  const { i18n } = useTranslation();
  useEffect(() => {
    const ask = () => {
      api.call('getSettings', {}).then(
        ({ language }) => speak(language),
        // Whoever shows the settings says why; the language stays as it is.
        () => {},
      );
    };
    const stopWatching = api.onConnection((connection) => {
      if (connection === 'open') ask();
    });
    const stopListening = api.on((event) => {
      if (event.name === 'changed' && event.payload.topic === 'settings') ask();
    });
    addEventListener('languagechange', ask);
    return () => {
      stopWatching();
      stopListening();
      removeEventListener('languagechange', ask);
    };
  }, [api]);
  return <I18nProvider locale={i18n.language}>{children}</I18nProvider>;
}
