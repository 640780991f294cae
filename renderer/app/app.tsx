import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActivityPage } from '../activity/activity-page.tsx';
import type { Connection } from '../carrier/carrier.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { HostsPage } from '../hosts/hosts-page.tsx';
import { KeysPage } from '../keys/keys-page.tsx';
import { ConnectionLost, SignedOut } from '../look/connection-states.tsx';
import { useNotifications } from '../reminders/use-notifications.ts';
import { RotationPage } from '../rotation/rotation-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { Banners } from './banners.tsx';
import { NotFound } from './not-found.tsx';
import { type Route, routeOf, useHash } from './route.ts';
import { Sidebar } from './sidebar.tsx';

export function App() {
  const { t } = useTranslation();
  const hash = useHash();
  const connection = useConnection();
  const route = routeOf(hash);
  const main = useMainFocus(hash);
  useTitle(route);
  useNotifications();
  if (connection === 'signed-out') return <SignedOut />;
  return (
    <div className="frame">
      {/* Not a link: the fragment of the address names the page, so it can't name a place in it. */}
      <button type="button" className="skip button" onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <Sidebar page={route.page} />
      <main id="main" ref={main} tabIndex={-1} className="content stack">
        {connection === 'lost' && <ConnectionLost />}
        <Banners shownRotation={route.page === 'rotation' ? route.id : null} />
        <Page route={route} />
      </main>
    </div>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'keys':
      return <KeysPage shown={route.id} />;
    case 'hosts':
      return <HostsPage />;
    case 'activity':
      return <ActivityPage />;
    case 'settings':
      return <SettingsPage />;
    case 'rotation':
      return <RotationPage key={route.id} id={route.id} />;
    case 'not-found':
      return <NotFound />;
  }
}

/** The state of the connection; all that is shown is asked for again when it comes back. */
function useConnection(): Connection {
  const { api, answers } = useRekey();
  const [connection, setConnection] = useState<Connection>('open');
  useEffect(
    () =>
      api.onConnection((next) => {
        setConnection(next);
        if (next === 'open') answers.refresh();
      }),
    [api, answers],
  );
  return connection;
}

/** Another page starts at its top, and a screen reader with it; the first one leaves the focus where it is. */
function useMainFocus(hash: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(hash);
  useEffect(() => {
    if (shown.current === hash) return;
    shown.current = hash;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [hash]);
  return main;
}

function useTitle({ page }: Route): void {
  const { t } = useTranslation();
  const waiting = useAnswer('listApprovals').value?.filter(({ state }) => state === 'waiting').length ?? 0;
  const due = useAnswer('listReminders').value?.length ?? 0;
  const count = waiting + due;
  const name = page === 'not-found' ? t('app.notFound') : t(`app.${page}`);
  useEffect(() => {
    document.title = count > 0 ? t('app.titleWaiting', { count, page: name }) : t('app.title', { page: name });
  }, [t, name, count]);
}
