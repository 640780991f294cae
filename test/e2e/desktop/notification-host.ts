import { createClient, defineInterface } from 'dbus-native';

/** A notification as the desktop was given it. */
export interface Shown {
  readonly id: number;
  readonly title: string;
  readonly body: string;
}

/** The part of a Linux desktop that shows notifications. */
export interface NotificationHost {
  readonly shown: readonly Shown[];
  /** The person clicks on it. */
  click(id: number): void;
  close(): Promise<void>;
}

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

/** @see https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
export async function startNotificationHost(busAddress: string): Promise<NotificationHost> {
  const bus = createClient({ busAddress });
  const shown: Shown[] = [];
  const host = defineInterface({
    name: NAME,
    methods: {
      GetCapabilities: { in: {}, out: { capabilities: 'as' }, handler: () => ['actions', 'body'] },
      GetServerInformation: {
        in: {},
        out: { name: 's', vendor: 's', version: 's', spec: 's' },
        handler: () => ({ name: 'test', vendor: 'Rekey', version: '1', spec: '1.2' }),
      },
      Notify: {
        in: {
          program: 's',
          replaces: 'u',
          icon: 's',
          title: 's',
          body: 's',
          actions: 'as',
          hints: 'a{sv}',
          timeout: 'i',
        },
        out: { id: 'u' },
        handler: ({ title, body }: { title: string; body: string }) => {
          const id = shown.length + 1;
          shown.push({ id, title, body });
          return id;
        },
      },
      CloseNotification: { in: { id: 'u' }, handler: () => {} },
    },
    signals: {
      ActionInvoked: { args: { id: 'u', action: 's' } },
      NotificationClosed: { args: { id: 'u', reason: 'u' } },
    },
  });
  bus.exportInterface(host.impl, PATH, host.descriptor);
  await bus.requestName(NAME, 0);
  return {
    shown,
    click: (id) => bus.sendSignal(PATH, NAME, 'ActionInvoked', 'us', [id, 'default']),
    async close() {
      await bus.connection.end();
    },
  };
}
