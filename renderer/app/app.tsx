import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActivityPage } from '../activity/activity-page.tsx';
import type { Connection } from '../carrier/carrier.ts';
import { useAnswered } from '../data/use-answered.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { HostsPage } from '../hosts/hosts-page.tsx';
import { KeyPage } from '../keys/key-page.tsx';
import { KeysPage } from '../keys/keys-page.tsx';
import { ConnectionLost, SignedOut } from '../look/connection-states.tsx';
import { PracticePage } from '../practice/practice-page.tsx';
import { useNotifications } from '../reminders/use-notifications.ts';
import { RotationPage } from '../rotation/rotation-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { WelcomePage } from '../welcome/welcome-page.tsx';
import { Banners } from './banners.tsx';
import { NEEDS } from './needs.ts';
import { NotFound } from './not-found.tsx';
import { type Route, routeOf, useHash } from './route.ts';
import { Sidebar } from './sidebar.tsx';
import { useFocusKept } from './use-focus-kept.ts';

export function App() {
  const { t } = useTranslation();
  const hash = useHash();
  const connection = useConnection();
  const route = useRoute(hash);
  const isLoaded = useAnswered(NEEDS[route?.page ?? 'keys']) && route !== null;
  const main = useMainFocus(hash);
  useFocusKept(main);
  useTitle(route);
  useNotifications();
  if (connection === 'signed-out') return <SignedOut />;
  return (
    <div className="frame">
      {/* Not a link: the fragment of the address names the page, so it can't name a place in it. */}
      <button type="button" className="skip button" onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <Sidebar page={route?.page ?? null} />
      <main id="main" ref={main} tabIndex={-1} className="content stack">
        {connection === 'lost' && <ConnectionLost />}
        {isLoaded ? (
          <>
            <Banners shownRotation={route.page === 'rotation' ? route.id : null} />
            <Page route={route} />
          </>
        ) : (
          <p className="muted">{t('app.loading')}</p>
        )}
      </main>
    </div>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'keys':
      return route.id === null ? <KeysPage /> : <KeyPage key={route.id} id={route.id} />;
    case 'hosts':
      return <HostsPage />;
    case 'activity':
      return <ActivityPage />;
    case 'settings':
      return <SettingsPage />;
    case 'rotation':
      return <RotationPage key={route.id} id={route.id} />;
    case 'practice':
      return <PracticePage place={route.place} />;
    case 'welcome':
      return <WelcomePage />;
    case 'not-found':
      return <NotFound />;
  }
}

/**
 * Where the address leads; without a page in it, to the keys, or in the first run to the welcome. Null until that is
 * known.
 */
function useRoute(hash: string): Route | null {
  const settings = useAnswer('getSettings');
  const credentials = useAnswer('listCredentials');
  const isUnknown = !(settings.value && credentials.value) && !settings.failure && !credentials.failure;
  const isFirstRun = hash === '' && settings.value?.welcomed === false && credentials.value?.length === 0;
  // Into the address: it is still the welcome when the first key is there.
  useEffect(() => {
    if (isFirstRun) location.replace('#/welcome');
  }, [isFirstRun]);
  return hash === '' && (isUnknown || isFirstRun) ? null : routeOf(hash);
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

/** The page as a tab and a screen reader name it: by what it is about, where that is known. */
function usePageName(route: Route | null): string {
  const { t } = useTranslation();
  const id = route && 'id' in route ? route.id : null;
  const key = useAnswer('listCredentials').value?.find((credential) => credential.id === id);
  const rotation = useAnswer('listRotations').value?.find((one) => one.id === id);
  const page = route?.page ?? 'keys';
  if (page === 'keys' && key) return key.name;
  if (page === 'rotation' && rotation) return t('rotation.of', { name: rotation.target.name });
  return page === 'not-found' ? t('app.notFound') : t(`app.${page}`);
}

function useTitle(route: Route | null): void {
  const { t } = useTranslation();
  const waiting = useAnswer('listApprovals').value?.filter(({ state }) => state === 'waiting').length ?? 0;
  const due = useAnswer('listReminders').value?.length ?? 0;
  const count = waiting + due;
  const name = usePageName(route);
  useEffect(() => {
    document.title = count > 0 ? t('app.titleWaiting', { count, page: name }) : t('app.title', { page: name });
  }, [t, name, count]);
}
