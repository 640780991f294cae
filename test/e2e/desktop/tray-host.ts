import { createClient, defineInterface, type MessageBus } from 'dbus-native';

/**
 * The part of a Linux desktop that shows tray icons: it takes their registrations, reads their properties and menus,
 * and clicks in these, all over D-Bus, as the panels of KDE and (by an extension) GNOME do.
 *
 * @see https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
 * @see https://github.com/AyatanaIndicators/libdbusmenu/blob/main/libdbusmenu-glib/dbus-menu.xml
 */
export interface TrayHost {
  /** Of the one icon that is there. @returns e.g. `{ Title: 'Rekey', ToolTip: [...] }`. */
  properties(): Promise<Record<string, unknown>>;
  /** Its menu as it is now. */
  menu(): Promise<MenuEntry[]>;
  /** @throws when there is no such item, or it is grey. */
  click(label: string): Promise<void>;
  /** The icon itself, with the first button. */
  activate(): Promise<void>;
  close(): Promise<void>;
}

export interface MenuEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
  readonly items: readonly MenuEntry[];
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';

/** @param busAddress of a session bus on which nobody shows icons yet. */
export async function startTrayHost(busAddress: string): Promise<TrayHost> {
  const bus = createClient({ busAddress });
  const items: { destination: string; path: string }[] = [];
  const watcher = defineInterface({
    name: WATCHER,
    methods: {
      RegisterStatusNotifierItem: {
        in: { service: 's' },
        // Some give the name of their connection, some the path of their icon on it.
        handler: ({ service }: { service: string }, { sender = '' }) => {
          items.push(
            service.startsWith('/')
              ? { destination: sender, path: service }
              : { destination: service, path: '/StatusNotifierItem' },
          );
        },
      },
      RegisterStatusNotifierHost: { in: { service: 's' }, handler: () => {} },
    },
    properties: {
      IsStatusNotifierHostRegistered: { type: 'b', access: 'read', value: true },
      ProtocolVersion: { type: 'i', access: 'read', value: 0 },
      RegisteredStatusNotifierItems: {
        type: 'as',
        access: 'read',
        get: () => items.map(({ destination, path }) => `${destination}${path}`),
      },
    },
    signals: { StatusNotifierItemRegistered: { args: { service: 's' } } },
  });
  bus.exportInterface(watcher.impl, '/StatusNotifierWatcher', watcher.descriptor);
  await bus.requestName(WATCHER, 0);

  const last = () => {
    const item = items.at(-1);
    if (!item) throw new Error('no icon in the tray');
    return item;
  };
  const call = <T>(iface: string, member: string, path: string, signature = '', body: unknown[] = []): Promise<T> =>
    invoke<T>(bus, { destination: last().destination, path, interface: iface, member, signature, body });
  const get = <T>(name: string): Promise<T> =>
    call<T>('org.freedesktop.DBus.Properties', 'Get', last().path, 'ss', [ITEM, name]);
  const menu = async (): Promise<MenuEntry[]> => {
    const [, root] = await call<[number, Layout]>(MENU, 'GetLayout', await get('Menu'), 'iias', [0, -1, []]);
    return root[2].map(entryOf);
  };
  return {
    properties: () => call('org.freedesktop.DBus.Properties', 'GetAll', last().path, 's', [ITEM]),
    menu,
    async click(label) {
      const all = (entries: readonly MenuEntry[]): MenuEntry[] => entries.flatMap((one) => [one, ...all(one.items)]);
      const entry = all(await menu()).find((one) => one.label === label);
      if (!entry?.enabled) throw new Error(`${entry ? 'grey' : 'not there'}: ${label}`);
      const event = [entry.id, 'clicked', ['s', ''], Math.floor(Date.now() / 1_000)];
      await call(MENU, 'Event', await get('Menu'), 'isvu', event);
    },
    activate: () => call(ITEM, 'Activate', last().path, 'ii', [0, 0]),
    async close() {
      await bus.connection.end();
    },
  };
}

/** Of `GetLayout`: id, properties, children. */
type Layout = [number, Record<string, unknown>, Layout[]];

function entryOf([id, properties, children]: Layout): MenuEntry {
  return {
    id,
    // A single underscore stands before a letter that is a key.
    label: String(properties.label ?? '').replaceAll(/_(.)/g, '$1'),
    enabled: properties.enabled !== false,
    separator: properties.type === 'separator',
    items: children.map(entryOf),
  };
}

/** An answer with several values comes as a list of them. */
async function invoke<T>(bus: MessageBus, message: object): Promise<T> {
  return (await bus.invoke(message as Parameters<MessageBus['invoke']>[0])) as T;
}
