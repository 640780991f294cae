import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keyHref, rotationHref } from '../app/route.ts';
import { useRekey } from '../data/use-rekey.tsx';

/**
 * Tells what has become due by the browser's notifications, where the person has allowed them to this page before.
 * Nobody is asked for it: the banner is there in any case. (Electron denies them to every page and has its own.)
 */
export function useNotifications(): void {
  const { t } = useTranslation();
  const { api } = useRekey();
  useEffect(
    () =>
      api.on((event) => {
        if (event.name !== 'reminder' || !('Notification' in window) || Notification.permission !== 'granted') return;
        for (const { kind, credential, age, rotationId } of event.payload) {
          const title = t(kind === 'old-key' ? 'reminders.oldKey' : 'reminders.dueOne', { name: credential.name });
          const body = kind === 'old-key' ? t('reminders.oldKeyMore') : t('reminders.age', { count: age });
          // Of several pages that are open, the last one's stays.
          const notification = new Notification(title, { body, tag: `rekey ${kind} ${credential.id}` });
          notification.onclick = () => {
            window.focus();
            location.hash = rotationId === null ? keyHref(credential.id) : rotationHref(rotationId);
          };
        }
      }),
    [api, t],
  );
}
